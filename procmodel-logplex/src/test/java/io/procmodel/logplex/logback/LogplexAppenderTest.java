package io.procmodel.logplex.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.name.AppName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogplexAppenderTest {
    private final Logplex logplex = Logplex.create();
    private final LoggerContext context = new LoggerContext();
    private final LogplexAppender appender = new LogplexAppender(logplex, AppName.of("shop"), LogOrigin.app("host"));

    @BeforeEach
    void setUp() {
        appender.setContext(context);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
    }

    @AfterEach
    void tearDown() {
        context.stop();
        logplex.close();
    }

    @Test
    void makesTheHostsLinesASourceOfTheStream() {
        Logger logger = context.getLogger("com.example.Shop");
        logger.info("sold {} of {}", 2, "apples");
        logger.warn("failed", new IllegalStateException("no more"));

        assertThat(logplex.channel("shop").recent(LogQuery.all()))
                .extracting(LogEntry::toString)
                .first()
                .asString()
                .endsWith("app[host]: INFO  com.example.Shop - sold 2 of apples");
        assertThat(logplex.channel("shop").recent(LogQuery.contains("IllegalStateException: no more")))
                .hasSize(1);
    }

    /** Lines that a drain hands to the host's log would otherwise come back for ever. */
    @Test
    void leavesOutWhatCameFromTheStreamAndWhatThisLibraryLogs() {
        context.getLogger("procmodel.shop.web.1").info("from a dyno");
        context.getLogger("io.procmodel.logplex.Drain").warn("from the library");
        context.getLogger("com.example.Shop").info("from the host");

        assertThat(logplex.channel("shop").recent(LogQuery.all()))
                .extracting(LogEntry::text)
                .containsExactly("INFO  com.example.Shop - from the host");
    }

    @Test
    void saysNothingAfterItsEnd() {
        appender.stop();
        context.getLogger("com.example.Shop").info("late");

        assertThat(logplex.channel("shop").recent(LogQuery.all())).isEmpty();
    }
}
