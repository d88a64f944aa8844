package io.procmodel.runtime.local;

import io.procmodel.log.LogSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a dyno's output to its log source, chunk by chunk, on a thread of its own, and closes the source at the end. */
final class OutputPump implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ReadableByteChannel output;
    private final LogSource source;
    private final @Nullable OutputPump other;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean failed;

    /** Creates a pump that ends on its own. */
    OutputPump(ReadableByteChannel output, LogSource source) {
        this(output, source, null);
    }

    /**
     * Creates a pump.
     *
     * @param other the pump of the same dyno's errors; the output has ended when both have
     */
    OutputPump(ReadableByteChannel output, LogSource source, @Nullable OutputPump other) {
        this.output = output;
        this.source = source;
        this.other = other;
    }

    @Override
    public void run() {
        try (output;
                source) {
            ByteBuffer buffer = source.buffer(BUFFER_BYTES);
            while (output.read(buffer) >= 0) {
                handOn(buffer.flip());
                buffer.clear();
            }
        } catch (ClosedChannelException e) {
            LOG.debug("output abandoned before its end");
        } catch (IOException e) {
            LOG.warn("output lost", e);
        } finally {
            ended.countDown();
        }
    }

    /** A log that fails loses what it was given, but the dyno must not come to a stand because nobody reads. */
    private void handOn(ByteBuffer chunk) {
        try {
            source.write(chunk);
        } catch (RuntimeException e) {
            if (!failed) {
                LOG.warn("output lost: its log failed", e);
            }
            failed = true;
        }
    }

    /** Waits for the end of the output, which is the end of every process that held it. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS) && (other == null || other.awaitEnd(millis));
    }
}
