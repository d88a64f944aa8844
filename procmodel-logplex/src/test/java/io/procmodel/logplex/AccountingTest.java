package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.LineStream;
import io.procmodel.name.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, each line is told, filtered, lost or pending, and counted. */
@Timeout(120)
class AccountingTest {
    private static final List<LogOrigin> ORIGINS = List.of(
            LogOrigin.app("web.1"), LogOrigin.app("webhook.1"), LogOrigin.app("worker.1"), LogOrigin.heroku("web.1"));

    /** Ten thousand schedules in all. */
    @Tag("C58")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void addUpAtEveryStepOfARandomSchedule(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            new Schedule(random).run();
        }
    }

    @Tag("C58")
    @Test
    void addUpWhileManyWriteAndRead() throws InterruptedException {
        Logplex logplex = Logplex.builder().history(200).build();
        AppName shop = AppName.of("shop");
        List<Thread> writers = new ArrayList<>();
        for (LogOrigin origin : ORIGINS) {
            writers.add(new Thread(() -> {
                try (LogSource source = logplex.open(shop, origin)) {
                    for (int i = 0; i < 20_000; i++) {
                        source.line("line " + i);
                    }
                }
            }));
        }
        AtomicLong told = new AtomicLong();
        AtomicLong lost = new AtomicLong();
        LogListener counting = new LogListener() {
            @Override
            public void line(LogEntry entry) {
                told.incrementAndGet();
            }

            @Override
            public void lost(LossNotice notice) {
                lost.addAndGet(notice.count());
            }
        };
        Tail tail = logplex.channel(shop).tail(LogQuery.all(), counting);
        writers.forEach(Thread::start);
        while (writers.stream().anyMatch(Thread::isAlive)) {
            logplex.channel(shop).stats().verify();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        logplex.close();

        assertThat(logplex.channel(shop).stats().received()).isEqualTo(80_000);
        assertThat(told.get() + lost.get()).isEqualTo(80_000);
        assertThat(tail.stats()).isEqualTo(new SinkStats("tail-1", 80_000, told.get(), 0, lost.get(), 0, 0));
    }

    /** One random schedule on a stream and, beside it, a plain list of all lines that ever were. */
    private static final class Schedule {
        private final Random random;
        private final LineStream stream;
        private final List<LogSource> sources = new ArrayList<>();
        private final List<LogOrigin> model = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private int history;

        Schedule(Random random) {
            this.random = random;
            this.history = 1 + random.nextInt(20);
            this.stream = new LineStream(history, 20_000, new ManualTime());
            IdleTimer timer = new IdleTimer(new ManualTime(), () -> 0);
            ORIGINS.forEach(origin -> sources.add(new ChannelSource(origin, stream, 10_000, timer, closed -> {})));
        }

        void run() {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> open();
                    case 1 -> resize();
                    case 2, 3, 4 -> write();
                    default -> readers.forEach(reader -> reader.read(random.nextInt(10)));
                }
                readers.forEach(Reader::check);
            }
            stream.resize(10_000);
            readers.forEach(reader -> reader.read(Integer.MAX_VALUE));
            readers.forEach(Reader::checkEnd);
        }

        private void open() {
            boolean webOnly = random.nextBoolean();
            long start = Math.max(1, stream.end() - random.nextInt(history));
            Cursor cursor = stream.open("reader", start);
            readers.add(new Reader(
                    cursor, webOnly, model, stream.end() - cursor.counts().offered()));
        }

        private void resize() {
            history = 1 + random.nextInt(20);
            stream.resize(history);
        }

        private void write() {
            int origin = random.nextInt(ORIGINS.size());
            int lines = random.nextInt(15);
            for (int i = 0; i < lines; i++) {
                model.add(ORIGINS.get(origin));
                sources.get(origin).line(String.valueOf(model.size()));
            }
        }
    }

    /** A reader that checks that every line from its start on is accounted for exactly once. */
    private static final class Reader implements LogListener {
        private final Cursor cursor;
        private final Follower follower;
        private final List<LogOrigin> model;
        private final boolean webOnly;
        private final long start;
        private final List<Long> told = new ArrayList<>();
        private long lost;
        private long next;

        Reader(Cursor cursor, boolean webOnly, List<LogOrigin> model, long start) {
            this.cursor = cursor;
            this.follower = new Follower(cursor, webOnly ? LogQuery.processType("web") : LogQuery.all());
            this.model = model;
            this.webOnly = webOnly;
            this.start = start;
            this.next = start;
        }

        void read(int steps) {
            for (int i = 0; i < steps && follower.step(this); i++) {}
        }

        @Override
        public void line(LogEntry entry) {
            assertThat(entry.text()).isEqualTo(String.valueOf(entry.seq()));
            skipTo(entry.seq());
            assertThat(isWanted(entry.seq())).isTrue();
            told.add(entry.seq());
            next = entry.seq() + 1;
        }

        @Override
        public void lost(LossNotice notice) {
            skipTo(notice.firstSeq());
            lost += notice.count();
            next = notice.lastSeq() + 1;
        }

        void check() {
            SinkStats stats = SinkStats.of(cursor.counts());
            new ChannelStats(AppName.of("shop"), 0, 0, 0, 0, 0, 0, List.of(stats)).verify();
            assertThat(stats.delivered()).isEqualTo(told.size());
            assertThat(stats.dropped()).isGreaterThanOrEqualTo(lost);
            assertThat(stats.offered()).isEqualTo(model.size() + 1 - start);
        }

        void checkEnd() {
            check();
            skipTo(model.size() + 1);
            SinkStats stats = SinkStats.of(cursor.counts());
            assertThat(stats.pending()).isZero();
            assertThat(stats.dropped()).isEqualTo(lost);
        }

        /** Lines that were neither told nor lost must be lines that were not asked for. */
        private void skipTo(long seq) {
            for (; next < seq; next++) {
                assertThat(isWanted(next)).as("line %s", next).isFalse();
            }
        }

        private boolean isWanted(long seq) {
            return !webOnly || model.get((int) seq - 1).isOfProcessType("web");
        }
    }
}
