package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.format.LogFormat;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DrainsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final Logplex logplex =
            Logplex.builder().drainsPerApp(3).history(10).build();
    private final Channel channel = logplex.channel("shop");
    private final Drains drains = channel.drains();
    private final LogSource web = logplex.open(AppName.of("shop"), LogOrigin.app("web.1"));

    @AfterEach
    void tearDown() {
        logplex.close();
    }

    @Tag("C37")
    @Test
    void areFewOfAnAppAndDifferent() {
        Drain first = drains.add(file("a"));
        assertThatThrownBy(() -> drains.add(file("a")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("does not have yet");
        Drain second = drains.add(file("b"));
        drains.add(file("c"));
        assertThatThrownBy(() -> drains.add(file("d")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at most 3 drains");
        assertThat(drains.list()).startsWith(first, second).hasSize(3);
        assertThat(drains.get(first.token())).contains(first);

        first.remove();

        assertThat(drains.get(first.token())).isEmpty();
        assertThat(drains.add(file("a")).token()).isNotEqualTo(first.token());
        first.remove();
    }

    @Tag("C37")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gopher://x",
                "syslog://",
                "syslog:x",
                "https:",
                "not a uri",
                "file:",
                "file:/x/",
                "udp://x:1",
                "//x"
            })
    void refuseWhatNamesNoPlace(String uri) {
        assertThatThrownBy(() -> drains.add(uri))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("drain: ");
        assertThat(drains.list()).isEmpty();
        assertThat(channel.stats().sinks()).isEmpty();
    }

    @Test
    void takeWhatTheQueryAsksForIntoAFile() throws Exception {
        Drain drain = drains.add(file("shop.log"), DrainOptions.none().query(LogQuery.contains("GET")));
        web.line("GET /");
        web.line("POST /");
        drain.flush(LONG);

        assertThat(Files.readAllLines(directory.resolve("shop.log")))
                .singleElement()
                .asString()
                .endsWith("+00:00 app[web.1]: GET /");
        assertThat(drain.stats()).isEqualTo(new SinkStats("drain-" + drain.token(), 2, 1, 1, 0, 0, 0));
    }

    @Test
    void writeAFileInAnyFormat() throws Exception {
        Drain drain = drains.add(file("json"), DrainOptions.none().format(LogFormat.json()));
        web.line("\u001b[1mbold");
        drain.flush(LONG);

        assertThat(directory.resolve("json")).content().contains("\"text\":\"\\u001b[1mbold\"}\n");
    }

    @Tag("C35")
    @Tag("C42")
    @Test
    void callTheHostsOwnCodeAndSurviveIt() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        Drain drain = drains.add("mine", DrainOptions.none().query(LogQuery.source("app")), batch -> {
            for (LogEntry entry : batch) {
                if (entry.text().equals("bad")) {
                    throw new IllegalStateException("cannot take that");
                }
                taken.add(entry.text());
            }
        });
        web.line("good");
        drain.flush(LONG);
        web.line("bad");
        drain.flush(LONG);
        web.line("good again");
        drain.flush(LONG);

        assertThat(taken).startsWith("good").endsWith("good again");
        assertThat(drain.stats().failed()).isEqualTo(1);
        assertThat(drain.stats().dropped()).isEqualTo(1);
        assertThat(drain.status().lastError()).hasValue("cannot take that");
    }

    /** The consumer of one drain is stuck; nobody else notices, and it is told exactly what it missed. */
    @Tag("C30")
    @Tag("C40")
    @Test
    void leaveEverybodyElseAloneWhenOneIsStuck() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        List<LogEntry> taken = new CopyOnWriteArrayList<>();
        Drain slow = drains.add("slow", DrainOptions.none(), batch -> {
            stuck.countDown();
            awaitQuietly(release);
            taken.addAll(batch);
        });
        Drain fast = drains.add(file("fast"), DrainOptions.none().query(LogQuery.source("app")));
        web.line("line 0");
        stuck.await();

        for (int i = 1; i <= 1000; i++) {
            web.line("line " + i);
            if (i % 5 == 0) {
                fast.flush(LONG);
            }
        }
        assertThat(Files.readAllLines(directory.resolve("fast"))).hasSize(1001);
        assertThat(slow.status().lagLines()).as("as much as the history holds").isLessThanOrEqualTo(12);
        release.countDown();
        slow.flush(LONG);

        assertThat(fast.stats().dropped()).isZero();
        assertThat(slow.stats().dropped()).isEqualTo(990);
        assertThat(taken.get(0).text()).isEqualTo("line 0");
        assertThat(taken.get(1).text())
                .matches("Error L10 \\(output buffer overflow\\): 990 messages dropped since .*");
        assertThat(taken.get(2).text()).isEqualTo("line 991");
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(channel.recent(LogQuery.source("heroku")))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.text())
                                .startsWith("Error L10 (output buffer overflow): drain '" + slow.token()
                                        + "' dropped 990 messages since ")));
        channel.stats().verify();
    }

    @Test
    void areRefusedByALogplexThatIsClosed() {
        logplex.close();

        assertThatThrownBy(() -> drains.add(file("late"))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void endWithTheirApp() throws IOException {
        Drain drain = drains.add(file("shop.log"));
        web.line("last words");

        logplex.remove("shop");

        assertThat(directory.resolve("shop.log")).content().endsWith("last words\n");
        assertThat(drain.status().health()).isEqualTo(DrainStatus.Health.REMOVED);
    }

    private String file(String name) {
        return directory.resolve(name).toUri().toString();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
