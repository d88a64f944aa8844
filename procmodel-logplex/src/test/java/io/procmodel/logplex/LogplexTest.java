package io.procmodel.logplex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LogplexTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final AppName SHOP = AppName.of("shop");
    private static final LogOrigin WEB = LogOrigin.app("web.1");

    @Test
    void tellsEveryLineBeforeItIsClosedAndLeavesNoThread() {
        List<LogEntry> told = new CopyOnWriteArrayList<>();
        try (Logplex logplex = Logplex.create()) {
            logplex.channel("shop").tail(LogQuery.all(), told::add);
            LogSource source = logplex.open(SHOP, WEB);
            for (int i = 0; i < 1000; i++) {
                source.line("line");
            }
            source.write(ByteBuffer.wrap("the last, unfinished".getBytes(UTF_8)));
        }

        assertThat(told).hasSize(1001);
        assertThat(told.get(1000).text()).isEqualTo("the last, unfinished");
        await().atMost(LONG).until(() -> threads().isEmpty());
    }

    @Test
    void takesNothingAfterItWasClosedAndCountsIt() {
        Logplex logplex = Logplex.create();
        LogSource source = logplex.open(SHOP, WEB);
        source.line("in time");
        logplex.close();
        logplex.close();
        source.line("late");
        logplex.open(SHOP, WEB).line("later");
        logplex.open(AppName.of("blog"), WEB).line("too");

        assertThat(logplex.channel("shop").recent(LogQuery.all()))
                .map(LogEntry::text)
                .containsExactly("in time");
        assertThat(logplex.channel("shop").stats().rejected()).isEqualTo(2);
        assertThat(logplex.channel("blog").stats().rejected()).isEqualTo(1);
    }

    @Test
    void tellsTheHistoryToATailOfAClosedChannelAndEndsIt() {
        List<LogEntry> told = new CopyOnWriteArrayList<>();
        Logplex logplex = Logplex.create();
        logplex.open(SHOP, WEB).line("old");
        logplex.close();

        logplex.channel("shop").tail(LogQuery.all(), told::add);

        await().atMost(LONG).until(() -> threads().isEmpty());
        assertThat(told).map(LogEntry::text).containsExactly("old");
    }

    /** With the real timer: the only thread that is started for unfinished lines is gone afterwards. */
    @Tag("C18")
    @Test
    void showsAnUnfinishedLineByItself() {
        try (Logplex logplex = Logplex.create()) {
            LogSource source = logplex.open(SHOP, WEB);
            source.line("a line of its own needs no timer");
            await().atMost(LONG).until(() -> threads().isEmpty());

            source.write(ByteBuffer.wrap("$ ".getBytes(UTF_8)));

            await().atMost(LONG)
                    .until(() -> logplex.channel("shop").recent(LogQuery.all()).size() == 2);
            assertThat(threads()).containsExactly("procmodel-logplex-timer");
        }
        await().atMost(LONG).until(() -> threads().isEmpty());
    }

    @Test
    void leavesTheHostsSchedulerOpen() {
        ManualTime time = new ManualTime();
        Logplex logplex = time.builder().build();
        logplex.open(SHOP, WEB).write(ByteBuffer.wrap("$ ".getBytes(UTF_8)));

        logplex.close();

        assertThat(time.isShutdown()).isFalse();
        assertThat(logplex.channel("shop").recent(LogQuery.all())).hasSize(1);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procmodel-"))
                .toList();
    }
}
