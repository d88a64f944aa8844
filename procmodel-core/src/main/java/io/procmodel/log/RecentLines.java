package io.procmodel.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.name.AppName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last few lines of each origin, for error messages that show what a dyno said before it failed. Up to 20 lines of
 * up to 200 bytes, out of the origin's last 4 KiB, for the 1,024 origins that were opened or asked for last. A sink to
 * be used beside another one ({@link LogSink#tee}). Thread-safe; a write copies at most 4 KiB.
 */
public final class RecentLines implements LogSink {
    private static final int LINES = 20;
    private static final int LINE_BYTES = 200;
    private static final int ORIGINS = 1024;

    private final Map<Key, RecentBytes> origins = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RecentBytes> eldest) {
            return size() > ORIGINS;
        }
    };

    /** Creates a sink that has heard nothing yet. */
    public RecentLines() {}

    @Override
    public LogSource open(AppName app, LogOrigin origin) {
        synchronized (origins) {
            return origins.computeIfAbsent(new Key(app, origin), key -> new RecentBytes());
        }
    }

    /** The origin's last lines, oldest first, an unfinished one included; empty if it is not known. */
    public List<String> of(AppName app, LogOrigin origin) {
        RecentBytes recent;
        synchronized (origins) {
            recent = origins.get(new Key(app, origin));
        }
        return recent == null ? List.of() : lines(recent.toByteArray());
    }

    private static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            boolean atEnd = i == bytes.length;
            if (atEnd ? start < i : bytes[i] == '\n') {
                lines.add(line(bytes, start, i));
                start = i + 1;
            }
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    private static String line(byte[] bytes, int start, int end) {
        int contentEnd = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        return new String(bytes, start, Math.min(contentEnd - start, LINE_BYTES), UTF_8);
    }

    private record Key(AppName app, LogOrigin origin) {}
}
