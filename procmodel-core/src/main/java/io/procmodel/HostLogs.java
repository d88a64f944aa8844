package io.procmodel;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's log. It must not throw; if it does all the same, what it was given is lost, and neither a dyno nor a change of
 * the host's stops half-way because of that.
 *
 * @param sink the host's
 */
record HostLogs(LogSink sink) implements LogSink {
    private static final Logger LOG = LoggerFactory.getLogger(HostLogs.class);

    @Override
    public LogSource open(AppName app, LogOrigin origin) {
        try {
            return new Guarded(sink.open(app, origin));
        } catch (RuntimeException e) {
            LOG.warn("the log does not take what {} of {} says", origin, app, e);
            return LogSink.discarding().open(app, origin);
        }
    }

    /** A source of the host's; what is lost is told once. */
    private static final class Guarded implements LogSource {
        private final LogSource source;
        private final AtomicBoolean told = new AtomicBoolean();

        Guarded(LogSource source) {
            this.source = source;
        }

        @Override
        public void write(ByteBuffer chunk) {
            int end = chunk.limit();
            try {
                source.write(chunk);
            } catch (RuntimeException e) {
                lost(e);
                chunk.position(end);
            }
        }

        private void lost(RuntimeException failure) {
            if (told.compareAndSet(false, true)) {
                LOG.warn("the log has lost something", failure);
            }
        }

        @Override
        public ByteBuffer buffer(int bytes) {
            return source.buffer(bytes);
        }

        @Override
        public Optional<Path> leftovers() {
            return source.leftovers();
        }

        @Override
        public Optional<LogSource> errors() {
            return source.errors().map(Guarded::new);
        }

        @Override
        public void close() {
            try {
                source.close();
            } catch (RuntimeException e) {
                lost(e);
            }
        }
    }
}
