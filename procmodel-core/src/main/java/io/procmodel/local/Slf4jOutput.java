package io.procmodel.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands lines to the host's logging, at level info, under the logger {@code procmodel.<app>.<process>}. */
public final class Slf4jOutput implements LogSink {
    /** Creates it. */
    public Slf4jOutput() {}

    @Override
    public LogSource open(AppName app, LogOrigin origin) {
        Logger logger = LoggerFactory.getLogger("procmodel." + app + "." + origin.process());
        return new LineSource(line -> logger.info("{}", new String(line, UTF_8)));
    }
}
