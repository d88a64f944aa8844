package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogLevel;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogQueryTest {
    private final ManualTime time = new ManualTime();
    private final Logplex logplex = time.builder().build();

    @BeforeEach
    void write() {
        line(LogOrigin.app("web.1"), "GET /");
        line(LogOrigin.app("web.2"), "GET /größe");
        line(LogOrigin.app("webhook.1"), "POST /");
        line(LogOrigin.app("worker.1"), "job 7 failed");
        line(LogOrigin.heroku("web.1"), "State changed from up to crashed");
        line(LogOrigin.heroku("web"), "scaled");
        line(LogOrigin.app("worker.2").on(LogStream.STDERR), "job 8 failed");
    }

    @AfterEach
    void close() {
        logplex.close();
    }

    /** LOG-15. */
    @Tag("C9")
    @Test
    void matchesASourceExactly() {
        assertThat(found(LogQuery.source("heroku"))).containsExactly("State changed from up to crashed", "scaled");
        assertThat(found(LogQuery.source("hero"))).isEmpty();
    }

    /** LOG-15. */
    @Tag("C9")
    @Test
    void matchesADynoExactlyWhoeverSpeaksOfIt() {
        assertThat(found(LogQuery.dyno("web.1"))).containsExactly("GET /", "State changed from up to crashed");
        assertThat(found(LogQuery.dyno("web"))).containsExactly("scaled");
    }

    /** LOG-15. */
    @Tag("C9")
    @Test
    void matchesAProcessTypeAndNotTheOneWithALongerName() {
        assertThat(found(LogQuery.processType("web")))
                .containsExactly("GET /", "GET /größe", "State changed from up to crashed", "scaled");
        assertThat(found(LogQuery.processType("webhook"))).containsExactly("POST /");
    }

    /** LOG-16. */
    @Tag("C9")
    @Test
    void joinsConditions() {
        assertThat(found(LogQuery.source("app").and(LogQuery.processType("web"))))
                .containsExactly("GET /", "GET /größe");
        assertThat(found(LogQuery.dyno("web.2").or(LogQuery.contains("scaled"))))
                .containsExactly("GET /größe", "scaled");
        assertThat(found(LogQuery.source("app").not().and(LogQuery.dyno("web").not())))
                .containsExactly("State changed from up to crashed");
    }

    @Tag("C9")
    @Test
    void findsLevels() {
        line(LogOrigin.app("web.1"), "WARN low");
        line(LogOrigin.app("web.1"), "{\"level\":\"error\",\"msg\":\"no stock\"}");

        assertThat(found(LogQuery.level(LogLevel.WARN))).containsExactly("job 8 failed", "WARN low");
        assertThat(found(LogQuery.atLeast(LogLevel.WARN).and(LogQuery.dyno("web.1"))))
                .containsExactly("WARN low", "{\"level\":\"error\",\"msg\":\"no stock\"}");
        assertThat(found(LogQuery.atLeast(LogLevel.TRACE))).hasSize(9);
    }

    @Tag("C9")
    @Test
    void findsTextAndPatterns() {
        assertThat(found(LogQuery.contains("größe"))).containsExactly("GET /größe");
        assertThat(found(LogQuery.contains("GET /größe!"))).isEmpty();
        assertThat(found(LogQuery.contains(""))).hasSize(7);
        assertThat(found(LogQuery.matching(Pattern.compile("job \\d+"))))
                .containsExactly("job 7 failed", "job 8 failed");
    }

    @Tag("C9")
    @Test
    void findsAPeriodWithoutItsEnd() {
        assertThat(found(LogQuery.since(ManualTime.START.plusSeconds(1))
                        .and(LogQuery.until(ManualTime.START.plusSeconds(3)))))
                .containsExactly("GET /größe", "POST /");
    }

    @Tag("C9")
    @Test
    void tellsOutputsApart() {
        assertThat(found(LogQuery.stream(LogStream.STDERR))).containsExactly("job 8 failed");
        assertThat(found(LogQuery.stream(LogStream.MERGED))).hasSize(6);
    }

    /** D3: unlike LOG-17. */
    @Tag("C10")
    @Tag("C6")
    @Test
    void countsLinesAfterItHasFilteredThem() {
        for (int i = 0; i < 1000; i++) {
            line(LogOrigin.heroku("router"), "noise");
        }

        assertThat(found(LogQuery.processType("worker").last(50))).containsExactly("job 7 failed", "job 8 failed");
        assertThat(found(LogQuery.processType("worker").last(1))).containsExactly("job 8 failed");
        assertThat(found(LogQuery.all().last(0))).isEmpty();
        assertThat(found(LogQuery.all().last(1200))).hasSize(1007);
    }

    @Tag("C10")
    @Test
    void keepsTheSmallerNumberOfJoinedQueries() {
        assertThat(found(LogQuery.source("app").last(2).and(LogQuery.all().last(1))))
                .containsExactly("job 8 failed");
        assertThat(found(LogQuery.source("app").last(2).or(LogQuery.all()))).hasSize(2);
        assertThat(found(LogQuery.source("app").last(1).not())).containsExactly("scaled");
    }

    @Test
    void refusesANegativeNumber() {
        assertThatThrownBy(() -> LogQuery.all().last(-1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("number of lines: \"-1\" (expected: 0 or more)");
    }

    private void line(LogOrigin origin, String text) {
        logplex.open(AppName.of("shop"), origin).line(text);
        time.tick(Duration.ofSeconds(1));
    }

    private List<String> found(LogQuery query) {
        return logplex.channel("shop").recent(query).stream()
                .map(LogEntry::text)
                .toList();
    }
}
