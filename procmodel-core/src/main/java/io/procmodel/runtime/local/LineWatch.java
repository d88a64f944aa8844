package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a line in a dyno's output, whichever comes first, the line or the open port. Thread-safe. */
final class LineWatch implements ReadinessWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LineWatch.class);
    private static final int LONGEST_LINE = 8 * 1024;

    private final Pattern pattern;
    private boolean seen;
    private @Nullable Runnable onReady;
    private volatile boolean over;

    LineWatch(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    @Override
    public LogSource watching(LogSource output) {
        return new Watched(output);
    }

    @Override
    public void portOpened(Runnable ready) {
        synchronized (this) {
            onReady = ready;
        }
        report();
    }

    @Override
    public void cancel() {
        over = true;
    }

    @Override
    public void awaitEnd() {
        // It has no thread of its own.
    }

    private void look(String line) {
        if (found(line)) {
            synchronized (this) {
                seen = true;
            }
            report();
        }
    }

    /** Threads that carry output have small stacks, and their work must go on whatever the expression is. */
    private boolean found(String line) {
        try {
            return pattern.matcher(line).find();
        } catch (StackOverflowError e) {
            LOG.warn("a line of {} characters is too long for {}", line.length(), pattern);
            return false;
        }
    }

    private void report() {
        Runnable ready;
        synchronized (this) {
            if (over || !seen || onReady == null) {
                return;
            }
            over = true;
            ready = onReady;
        }
        ready.run();
    }

    private synchronized boolean isLooking() {
        return !over && !seen;
    }

    /** Output on its way to its source. */
    private final class Watched implements LogSource {
        private final LogSource output;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Watched(LogSource output) {
            this.output = output;
        }

        @Override
        public void write(ByteBuffer chunk) {
            ByteBuffer copy = chunk.duplicate();
            output.write(chunk);
            scan(copy);
        }

        private synchronized void scan(ByteBuffer bytes) {
            while (bytes.hasRemaining() && isLooking()) {
                byte next = bytes.get();
                if (next == '\n') {
                    endLine();
                } else if (line.size() < LONGEST_LINE) {
                    line.write(next);
                }
            }
        }

        private void endLine() {
            String text = line.toString(UTF_8);
            line.reset();
            look(text);
        }

        @Override
        public ByteBuffer buffer(int bytes) {
            return output.buffer(bytes);
        }

        @Override
        public Optional<Path> leftovers() {
            return output.leftovers();
        }

        @Override
        public Optional<LogSource> errors() {
            return output.errors().map(Watched::new);
        }

        @Override
        public void close() {
            output.close();
        }
    }
}
