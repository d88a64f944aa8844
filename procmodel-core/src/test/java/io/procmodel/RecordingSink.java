package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every line of every app, as {@code app[web.1]: text}. */
final class RecordingSink implements LogSink {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines of one speaker, without their prefix. */
    List<String> of(LogOrigin origin) {
        String prefix = origin + ": ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    @Override
    public LogSource open(AppName app, LogOrigin origin) {
        return new LogSource() {
            private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

            @Override
            public synchronized void write(ByteBuffer chunk) {
                while (chunk.hasRemaining()) {
                    byte next = chunk.get();
                    if (next == '\n') {
                        lines.add(origin + ": " + partial.toString(UTF_8));
                        partial.reset();
                    } else {
                        partial.write(next);
                    }
                }
            }

            @Override
            public synchronized void close() {
                if (partial.size() > 0) {
                    write(ByteBuffer.wrap(new byte[] {'\n'}));
                }
            }
        };
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
