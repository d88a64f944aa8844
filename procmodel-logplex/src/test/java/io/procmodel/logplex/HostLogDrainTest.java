package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.logback.LogplexAppender;
import io.procmodel.name.AppName;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Lines of the stream in the host's own log. */
class HostLogDrainTest {
    private static final AppName APP = AppName.of("hostlog");

    private final Logplex logplex = Logplex.create();
    private final Logger logger = (Logger) LoggerFactory.getLogger("procmodel.hostlog");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LogplexAppender loop = new LogplexAppender(logplex, APP, LogOrigin.app("host"));

    @BeforeEach
    void listen() {
        log.start();
        loop.setContext(logger.getLoggerContext());
        loop.start();
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        logger.addAppender(log);
        logger.addAppender(loop);
    }

    @AfterEach
    void close() {
        logger.detachAndStopAllAppenders();
        logger.setAdditive(true);
        logger.setLevel(null);
        logplex.close();
    }

    @Test
    void haveALoggerPerDynoAndTheLevelThatTheyName() throws InterruptedException {
        Drain drain = logplex.channel("hostlog").drains().add("slf4j:");
        say("web.1", "sold {} apples");
        say("web.1", "[warn] low");
        say("worker.2", "ERROR no stock");

        drain.flush(Duration.ofSeconds(30));

        assertThat(log.list)
                .extracting(event -> event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage())
                .containsExactly(
                        "INFO procmodel.hostlog.web.1 sold {} apples",
                        "WARN procmodel.hostlog.web.1 [warn] low",
                        "ERROR procmodel.hostlog.worker.2 ERROR no stock");
        assertThat(logplex.channel("hostlog").recent(LogQuery.dyno("host")))
                .as("what came round again")
                .isEmpty();
    }

    private void say(String dyno, String text) {
        logplex.open(APP, LogOrigin.app(dyno)).line(text);
    }
}
