package io.procmodel.logplex.drain;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogStream;
import io.procmodel.name.AppName;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands lines to the host's logging, under a logger per dyno: {@code procmodel.shop.web.1}. Errors of a dyno whose outputs
 * are apart, and notices of losses, are warnings; all else is information.
 */
final class HostLog implements Consumer<List<LogEntry>> {
    private final String prefix;

    HostLog(AppName app) {
        this.prefix = "procmodel." + app + ".";
    }

    @Override
    public void accept(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            Logger logger = LoggerFactory.getLogger(prefix + entry.process());
            if (isWarning(entry)) {
                logger.warn("{}", entry.text());
            } else {
                logger.info("{}", entry.text());
            }
        }
    }

    private static boolean isWarning(LogEntry entry) {
        return entry.stream() == LogStream.STDERR
                || (entry.source().equals("heroku") && entry.process().equals("logplex"));
    }
}
