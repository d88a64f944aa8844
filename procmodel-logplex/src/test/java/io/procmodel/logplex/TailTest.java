package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TailTest {
    private static final AppName SHOP = AppName.of("shop");

    private final Logplex logplex = Logplex.builder().history(100).build();
    private final Channel shop = logplex.channel("shop");
    private final LogSource web = logplex.open(SHOP, LogOrigin.app("web.1"));
    private final List<LogEntry> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        logplex.close();
    }

    /** LOG-19. */
    @Tag("C10")
    @Test
    void tellsTheHistoryAndThenNewLines() {
        lines(web, 1, 5);
        try (Tail tail = shop.tail(LogQuery.all().last(2), told::add)) {
            lines(web, 6, 7);

            await().until(() -> tail.stats().delivered() == 4);
            assertThat(told).map(LogEntry::text).containsExactly("4", "5", "6", "7");
            assertThat(tail.stats()).isEqualTo(new SinkStats("tail-1", 4, 4, 0, 0, 0, 0));
        }
    }

    /** LOG-19. */
    @Tag("C10")
    @Test
    void filtersTheHistoryAndNewLinesAlikeBeforeItCounts() {
        LogSource worker = logplex.open(SHOP, LogOrigin.app("worker.1"));
        lines(worker, 1, 3);
        lines(web, 1, 50);
        try (Tail tail = shop.tail(LogQuery.processType("worker").last(2), told::add)) {
            lines(web, 51, 60);
            lines(worker, 4, 4);

            await().until(() -> tail.stats().pending() == 0);
            assertThat(told).map(LogEntry::text).containsExactly("2", "3", "4");
            assertThat(tail.stats()).isEqualTo(new SinkStats("tail-1", 63, 3, 60, 0, 0, 0));
        }
    }

    @Tag("C10")
    @Test
    void tellsOnlyNewLinesWhenTheHistoryIsLeftOut() {
        lines(web, 1, 5);
        try (Tail tail = shop.tail(LogQuery.all().last(0), told::add)) {
            lines(web, 6, 6);

            await().until(() -> tail.stats().delivered() == 1);
            assertThat(told).map(LogEntry::text).containsExactly("6");
        }
    }

    /** D2. */
    @Tag("C10")
    @Test
    void hasNoGapAndNoDuplicateBetweenHistoryAndNewLinesUnderLoad() throws InterruptedException {
        Logplex roomy =
                Logplex.builder().history(1_000_000).historyBytes(100_000_000).build();
        LogSource source = roomy.open(SHOP, LogOrigin.app("web.1"));
        Thread writer = new Thread(() -> lines(source, 1, 100_000));
        writer.start();
        List<List<Long>> heard = new ArrayList<>();
        List<Tail> tails = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<Long> seqs = new ArrayList<>();
            heard.add(seqs);
            tails.add(roomy.channel("shop").tail(LogQuery.all().last(i * 10), line -> seqs.add(line.seq())));
        }
        writer.join();
        // On a busy machine the time that closing gives to listeners is not enough for so many lines.
        await().until(() -> tails.stream().allMatch(tail -> tail.stats().pending() == 0));
        roomy.close();

        for (List<Long> seqs : heard) {
            long first = seqs.isEmpty() ? 100_001 : seqs.get(0);
            assertThat(seqs)
                    .isEqualTo(LongStream.rangeClosed(first, 100_000).boxed().toList());
        }
    }

    /** D1. */
    @Tag("C11")
    @Test
    void tellsAFilteredTailWhatItLostInHerokusWords() throws InterruptedException {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        lines(web, 1, 1);
        try (Tail tail = shop.tail(LogQuery.source("app"), line -> {
            told.add(line);
            stalled.countDown();
            awaitUninterrupted(goOn);
        })) {
            stalled.await();
            lines(web, 2, 100_000);
            goOn.countDown();

            await().until(() -> tail.stats().pending() == 0);
            assertThat(told).hasSize(102);
            assertThat(told.get(1).toString())
                    .matches("\\S+ heroku\\[logplex]: Error L11 \\(Tail buffer overflow\\) -> "
                            + "This tail session dropped 99899 messages since \\S+\\+00:00");
            assertThat(told.get(2).text()).isEqualTo("99901");
            assertThat(told.get(101).text()).isEqualTo("100000");
            assertThat(told).map(LogEntry::seq).isSorted().doesNotHaveDuplicates();
            assertThat(tail.stats()).isEqualTo(new SinkStats("tail-1", 100_000, 101, 0, 99_899, 0, 0));
        }
    }

    @Tag("C11")
    @Test
    void handsLossesToAListenerThatAsksForThem() throws InterruptedException {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<LossNotice> losses = new CopyOnWriteArrayList<>();
        lines(web, 1, 1);
        try (Tail tail = shop.tail(LogQuery.all(), new LogListener() {
            @Override
            public void line(LogEntry entry) {
                stalled.countDown();
                awaitUninterrupted(goOn);
            }

            @Override
            public void lost(LossNotice notice) {
                losses.add(notice);
            }
        })) {
            stalled.await();
            lines(web, 2, 151);
            goOn.countDown();

            await().until(() -> tail.stats().pending() == 0);
            assertThat(losses).singleElement().satisfies(loss -> {
                assertThat(loss.code()).isEqualTo("L11");
                assertThat(loss.firstSeq()).isEqualTo(2);
                assertThat(loss.lastSeq()).isEqualTo(51);
                assertThat(loss.count()).isEqualTo(50);
            });
        }
    }

    @Tag("C11")
    @Test
    void stalledTailSlowsNeitherWritersNorOtherTails() throws InterruptedException {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Tail slow = shop.tail(LogQuery.all(), line -> {
            stalled.countDown();
            awaitUninterrupted(goOn);
        });
        lines(web, 1, 1);
        stalled.await();
        Tail quick = shop.tail(LogQuery.all().last(0), told::add);
        for (int i = 2; i <= 1000; i += 50) {
            lines(web, i, Math.min(1000, i + 49));
            await().until(() -> quick.stats().pending() == 0);
        }

        assertThat(told).hasSize(999);
        assertThat(quick.stats().dropped()).isZero();
        assertThat(slow.stats()).isEqualTo(new SinkStats("tail-1", 1000, 0, 0, 899, 101, 0));
        shop.stats().verify();
        goOn.countDown();
    }

    @Test
    void goesOnWhenTheListenerThrowsAndCountsIt() {
        try (Tail tail = shop.tail(LogQuery.all(), line -> {
            told.add(line);
            throw new IllegalStateException("listener");
        })) {
            lines(web, 1, 3);

            await().until(() -> tail.stats().failed() == 3);
            assertThat(told).hasSize(3);
            assertThat(tail.stats().delivered()).isEqualTo(3);
        }
    }

    @Test
    void tellsNothingAfterItWasClosed() {
        Tail tail = shop.tail(LogQuery.all(), told::add);
        lines(web, 1, 3);
        await().until(() -> told.size() == 3);

        tail.close();
        tail.close();
        lines(web, 4, 6);

        assertThat(told).hasSize(3);
        await().until(() -> tailThreads().isEmpty());
        assertThat(shop.stats().sinks()).isEmpty();
        assertThat(tail.stats()).isEqualTo(new SinkStats("tail-1", 3, 3, 0, 0, 0, 0));
    }

    @Test
    void canBeClosedByItsListener() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        List<Tail> self = new CopyOnWriteArrayList<>();
        Tail tail = shop.tail(LogQuery.all(), line -> {
            awaitUninterrupted(ready);
            told.add(line);
            self.get(0).close();
        });
        self.add(tail);
        ready.countDown();
        lines(web, 1, 3);

        await().until(() -> tailThreads().isEmpty());
        assertThat(told).hasSize(1);
        assertThat(ready.await(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interruptsAListenerThatIsStuckWhenItIsClosed() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Tail tail = shop.tail(LogQuery.all(), line -> {
            stuck.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        lines(web, 1, 1);
        stuck.await();

        tail.close();

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> tailThreads().isEmpty());
    }

    private static List<String> tailThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procmodel-shop-tail"))
                .toList();
    }

    private static void lines(LogSource source, int from, int to) {
        for (int i = from; i <= to; i++) {
            source.line(String.valueOf(i));
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5));
    }
}
