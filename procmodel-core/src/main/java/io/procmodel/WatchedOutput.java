package io.procmodel;

import io.procmodel.log.LogSource;
import java.nio.ByteBuffer;

/**
 * Output whose end somebody waits for.
 *
 * @param output where it goes
 * @param onClose told when the last byte is there
 */
record WatchedOutput(LogSource output, Runnable onClose) implements LogSource {
    @Override
    public void write(ByteBuffer chunk) {
        output.write(chunk);
    }

    @Override
    public void close() {
        try {
            output.close();
        } finally {
            onClose.run();
        }
    }
}
