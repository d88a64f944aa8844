package io.procmodel.logplex.logback;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the host's own log lines a source of an app's stream: {@code app[host]}. Set it up in code, with the logplex at
 * hand, and add it to a logger. It leaves out what a drain of the stream brought into the host's log, which would go round
 * for ever, and what this library itself logs. Thread-safe.
 */
@SuppressWarnings("exports") // whoever uses the appender has Logback
public final class LogplexAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final String DRAINED = "procmodel.";
    private static final String LIBRARY = "io.procmodel.";
    private static final String PATTERN = "%-5level %logger{36} - %msg%n";

    private final LogSink sink;
    private final AppName app;
    private final LogOrigin origin;
    private String pattern = PATTERN;
    private @Nullable PatternLayoutEncoder encoder;
    private @Nullable LogSource source;

    /**
     * Creates an appender that is to be started.
     *
     * @param sink the logplex
     * @param app the app in whose stream the lines appear
     * @param origin as whose lines, such as {@code LogOrigin.app("host")}
     */
    public LogplexAppender(LogSink sink, AppName app, LogOrigin origin) {
        this.sink = sink;
        this.app = app;
        this.origin = origin;
    }

    /** Writes events in this form of Logback's; {@code %-5level %logger{36} - %msg%n} by default. */
    public void setPattern(String other) {
        pattern = other;
    }

    @Override
    public void start() {
        PatternLayoutEncoder started = new PatternLayoutEncoder();
        started.setContext(getContext());
        started.setPattern(pattern);
        started.start();
        encoder = started;
        source = sink.open(app, origin);
        super.start();
    }

    /** Ends the source; events that come later are left out. */
    @Override
    public void stop() {
        super.stop();
        if (source != null) {
            source.close();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        PatternLayoutEncoder form = encoder;
        LogSource target = source;
        if (form != null && target != null && !comesFromTheStream(event)) {
            target.write(ByteBuffer.wrap(form.encode(event)));
        }
    }

    private static boolean comesFromTheStream(ILoggingEvent event) {
        return event.getLoggerName().startsWith(DRAINED)
                || event.getLoggerName().startsWith(LIBRARY);
    }
}
