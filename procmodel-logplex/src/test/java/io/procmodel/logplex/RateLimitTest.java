package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C26")
class RateLimitTest {
    private static final AppName SHOP = AppName.of("shop");

    private final ManualTime time = new ManualTime();
    private Logplex logplex =
            time.builder().rateLimit(RateLimit.perDyno(10, 100_000)).build();

    @AfterEach
    void tearDown() {
        logplex.close();
    }

    @Test
    void dropsWhatIsBeyondAndNamesTheNoisyDynoOnceASecond() {
        LogSource noisy = logplex.open(SHOP, LogOrigin.app("web.1"));
        LogSource quiet = logplex.open(SHOP, LogOrigin.app("web.2"));
        say(noisy, 25);
        quiet.line("I am heard");
        time.tick(Duration.ofSeconds(1));

        assertThat(texts(LogQuery.dyno("web.1"))).hasSize(10);
        assertThat(texts(LogQuery.dyno("web.2"))).containsExactly("I am heard");
        assertThat(texts(LogQuery.source("heroku")))
                .containsExactly(
                        "Error L12: 15 messages dropped since 2026-01-02T03:04:05+00:00. (app[web.1] says more than"
                                + " its rate limit)");
        ChannelStats stats = logplex.channel(SHOP).stats();
        assertThat(stats.rejected()).isEqualTo(15);
        assertThat(stats.received()).isEqualTo(27);
        stats.verify();

        say(noisy, 11);
        assertThat(texts(LogQuery.dyno("web.1"))).as("a second gives ten more").hasSize(20);
        time.tick(Duration.ofSeconds(1));
        assertThat(texts(LogQuery.source("heroku")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("Error L12: 1 messages");
    }

    @Test
    void limitsAnAppAsAWholeAndBytesAsWellAsLines() {
        logplex.close();
        logplex = time.builder()
                .rateLimit(RateLimit.perApp(1_000_000, 100).and(RateLimit.perDyno(3, 1_000_000)))
                .build();
        LogSource web = logplex.open(SHOP, LogOrigin.app("web.1"));
        LogSource worker = logplex.open(SHOP, LogOrigin.app("worker.1"));
        web.line("x".repeat(98));
        worker.line("x".repeat(98));
        worker.line("x");
        logplex.open(SHOP, LogOrigin.heroku("web.1")).line("the platform is not limited");

        assertThat(texts(LogQuery.source("app"))).hasSize(2);
        assertThat(texts(LogQuery.source("heroku"))).containsExactly("the platform is not limited");
        logplex.channel(SHOP).stats().verify();
    }

    @Test
    void mustBePositive() {
        assertThatThrownBy(() -> RateLimit.perDyno(0, 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("rate limit in lines: \"0\" (expected: 1 or more per second)");
        assertThatThrownBy(() -> RateLimit.perApp(1, -1)).isInstanceOf(InvalidValueException.class);
        assertThat(RateLimit.perDyno(10, 20)).hasToString("RateLimit[dyno=10 lines/s, 20 bytes/s, app=none]");
    }

    private static void say(LogSource source, int lines) {
        for (int i = 0; i < lines; i++) {
            source.line("line " + i);
        }
    }

    private List<String> texts(LogQuery query) {
        return logplex.channel(SHOP).recent(query).stream().map(LogEntry::text).toList();
    }
}
