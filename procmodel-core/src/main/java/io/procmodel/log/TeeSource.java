package io.procmodel.log;

import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** A source that writes to two others; the second is served even if the first breaks its promise and throws. */
record TeeSource(LogSource first, LogSource second) implements LogSource {
    static LogSource open(LogSink first, LogSink second, AppName app, LogOrigin origin) {
        LogSource opened = first.open(app, origin);
        try {
            return new TeeSource(opened, second.open(app, origin));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer chunk) {
        // The first one last: the chunk may be its own memory, and is gone after that.
        try {
            second.write(chunk.duplicate());
        } finally {
            first.write(chunk);
        }
    }

    @Override
    public ByteBuffer buffer(int bytes) {
        return first.buffer(bytes);
    }

    @Override
    public Optional<Path> leftovers() {
        return first.leftovers();
    }

    /** Apart as soon as the first one wants it; the second one then hears both in the order in which they are read. */
    @Override
    public Optional<LogSource> errors() {
        return first.errors().map(apart -> new TeeSource(apart, new Lent(second)));
    }

    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }

    /** A source that somebody else closes. */
    private record Lent(LogSource source) implements LogSource {
        @Override
        public void write(ByteBuffer chunk) {
            source.write(chunk);
        }

        @Override
        public void close() {
            // Not ours.
        }
    }
}
