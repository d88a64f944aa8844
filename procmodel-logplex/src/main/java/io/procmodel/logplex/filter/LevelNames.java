package io.procmodel.logplex.filter;

import io.procmodel.log.LogLevel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What logging libraries call their levels. */
final class LevelNames {
    /** Pino and Bunyan count in tens: 10 is trace, 50 an error, 60 is fatal. */
    private static final String TENS = "[1-6][0-9]";

    private LevelNames() {}

    /** The level that goes by a name, or by Pino's number, whatever its case; null if none does. */
    static @Nullable LogLevel level(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "trace", "finest", "finer", "verbose", "silly" -> LogLevel.TRACE;
            case "debug", "fine", "dbg" -> LogLevel.DEBUG;
            case "info", "information", "informational", "notice", "config", "log" -> LogLevel.INFO;
            case "warn", "warning", "wrn" -> LogLevel.WARN;
            case "error",
                    "err",
                    "fatal",
                    "critical",
                    "crit",
                    "severe",
                    "alert",
                    "emerg",
                    "emergency",
                    "panic",
                    "dpanic" -> LogLevel.ERROR;
            default -> numbered(name);
        };
    }

    private static @Nullable LogLevel numbered(String name) {
        if (!name.matches(TENS)) {
            return null;
        }
        LogLevel[] levels = LogLevel.values();
        return levels[Math.min(name.charAt(0) - '1', levels.length - 1)];
    }
}
