package io.procmodel.runtime.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what somebody types to a dyno, as it comes, on a thread of its own. Its end is the end of the dyno's input. */
final class InputPump implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(InputPump.class);
    private static final int BUFFER_BYTES = 8 * 1024;

    /** Ctrl-D, the end of input that a terminal knows (Heroku: DYN-72). */
    private static final int END_OF_TRANSMISSION = 4;

    private final InputStream source;
    private final OutputStream target;
    private final boolean device;

    /**
     * Prepares the pump.
     *
     * @param device whether the target is a terminal's own device, which does not end when it is closed
     */
    InputPump(InputStream source, OutputStream target, boolean device) {
        this.source = source;
        this.target = target;
        this.device = device;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                target.write(buffer, 0, count);
                target.flush();
            }
            end();
        } catch (IOException | RuntimeException e) {
            LOG.debug("the dyno or its client is gone", e);
        }
    }

    private void end() throws IOException {
        if (device) {
            target.write(END_OF_TRANSMISSION);
            target.flush();
        } else {
            target.close();
        }
    }
}
