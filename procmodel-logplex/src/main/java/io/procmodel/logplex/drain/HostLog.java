package io.procmodel.logplex.drain;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogLevel;
import io.procmodel.logplex.filter.LineLevel;
import io.procmodel.name.AppName;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands lines to the host's logging, under a logger per dyno, {@code procmodel.shop.web.1}, at the level that they name.
 */
final class HostLog implements Consumer<List<LogEntry>> {
    private final String prefix;

    HostLog(AppName app) {
        this.prefix = "procmodel." + app + ".";
    }

    @Override
    public void accept(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            LoggerFactory.getLogger(prefix + entry.process())
                    .atLevel(level(LineLevel.of(entry.origin(), entry.text())))
                    .log("{}", entry.text());
        }
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }
}
