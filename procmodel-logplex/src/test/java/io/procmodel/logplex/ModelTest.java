package io.procmodel.logplex;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.drain.BackOff;
import io.procmodel.logplex.drain.BatchIds;
import io.procmodel.logplex.drain.Delivery;
import io.procmodel.logplex.drain.DrainEngine;
import io.procmodel.logplex.drain.DrainListener;
import io.procmodel.logplex.drain.DrainTarget;
import io.procmodel.logplex.drain.LineGrouper;
import io.procmodel.logplex.drain.Notices;
import io.procmodel.logplex.drain.RefusedException;
import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.Line;
import io.procmodel.logplex.ring.LineStream;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random schedules of appending, resizing, tailing, stalling, failing drains, and, for some, kill and reopen, against a plain
 * list of all that was ever said: every reader sees each line once, in order, or has it counted.
 * {@code -Dprocmodel.simulation.count=10000} runs as many with a journal, too.
 */
@Tag("C45")
@Tag("C58")
@Timeout(3600)
class ModelTest {
    private static final int IN_MEMORY = 10_000;
    private static final int ON_DISK = Integer.getInteger("procmodel.simulation.count", 40);
    private static final AppName SHOP = AppName.of("shop");

    @TempDir
    private Path directory;

    @Test
    void accountsForEveryLineInTenThousandSchedules() {
        for (int seed = 1; seed <= IN_MEMORY; seed++) {
            Schedule schedule = new Schedule(seed);
            schedule.open(new LineStream(schedule.history, 20_000, () -> Instant.EPOCH));
            schedule.run(40);
            schedule.finish();
        }
    }

    @Test
    void accountsForEveryLineAcrossDeaths() throws IOException {
        for (int seed = 1; seed <= ON_DISK; seed++) {
            Schedule schedule = new Schedule(seed);
            Path place = directory.resolve("0");
            for (int life = 0; life < 3; life++) {
                // On a time that stands still: unfinished lines are not shown early, however busy the machine is.
                try (Logplex logplex = new ManualTime()
                        .builder()
                        .history(schedule.history)
                        .journal(place, Persistence.process())
                        .journalBytes(8 << 20)
                        .build()) {
                    assertThat(logplex.channel(SHOP).recent(LogQuery.all()))
                            .as("seed %d, life %d", seed, life)
                            .extracting(entry -> entry.text())
                            .isEqualTo(schedule.said);
                    schedule.live(logplex);
                    Path next = directory.resolve(String.valueOf(life + 1));
                    copy(place, next);
                    place = next;
                }
            }
            deleteAll(directory);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("shop"));
        try (Stream<Path> files = Files.list(from.resolve("shop"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve("shop").resolve(file.getFileName()));
            }
        }
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(root)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** One random schedule and the plain list beside it. */
    private static final class Schedule implements DrainListener {
        private final Random random;
        private final List<String> said = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private final List<LogSource> sources = new ArrayList<>();
        private final int history;
        private LineStream stream;
        private long nanos;

        Schedule(long seed) {
            random = new Random(seed);
            history = 1 + random.nextInt(20);
            stream = new LineStream(1, 20_000, () -> Instant.EPOCH);
        }

        void open(LineStream other) {
            stream = other;
            IdleTimer timer = new IdleTimer(new ManualTime(), () -> 0);
            for (int i = 1; i <= 3; i++) {
                LogOrigin origin = LogOrigin.app("web." + i);
                sources.add(new ChannelSource(origin, stream, 10_000, timer, closed -> {}));
            }
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                nanos += random.nextInt(200_000_000);
                switch (random.nextInt(7)) {
                    case 0 -> readers.add(new Reader(this, stream.open("r", stream.end()), random.nextBoolean()));
                    case 1 -> stream.resize(1 + random.nextInt(20));
                    case 2, 3 -> say(sources.get(random.nextInt(sources.size())), random.nextInt(12));
                    default -> readers.forEach(reader -> reader.step(random.nextInt(4)));
                }
                readers.forEach(Reader::check);
            }
        }

        void finish() {
            for (Reader reader : readers) {
                reader.recover();
                reader.check();
            }
        }

        /** A life of a logplex that ends without notice: chunks split anywhere, some left in the reader's memory. */
        void live(Logplex logplex) {
            LogSource web = logplex.open(SHOP, LogOrigin.app("web.1"));
            ByteBuffer buffer = web.buffer(16 * 1024);
            for (int i = 0; i < random.nextInt(60); i++) {
                StringBuilder text = new StringBuilder();
                for (int line = random.nextInt(4); line >= 0; line--) {
                    said.add("line " + said.size());
                    text.append(said.get(said.size() - 1)).append('\n');
                }
                int cut = random.nextInt(text.length() + 1);
                put(buffer, text.substring(0, cut));
                web.write(buffer.flip());
                buffer.clear();
                put(buffer, text.substring(cut));
                if (i < 30 || random.nextBoolean()) {
                    web.write(buffer.flip());
                    buffer.clear();
                } else {
                    return;
                }
            }
        }

        private static void put(ByteBuffer buffer, String text) {
            buffer.put(text.getBytes(US_ASCII));
        }

        private void say(LogSource source, int lines) {
            for (int i = 0; i < lines; i++) {
                said.add("line " + said.size());
                source.line(said.get(said.size() - 1));
            }
        }

        @Override
        public void dropped(long lines, Instant since) {}

        @Override
        public void lost(long lines, Instant since) {}

        @Override
        public void certificateRefused(String reason) {}
    }

    /** A drain whose peer takes, fails, refuses or stalls at random. */
    private static final class Reader implements DrainTarget {
        private final Schedule schedule;
        private final Cursor cursor;
        private final DrainEngine engine;
        private final List<String> batch = new ArrayList<>();
        private final List<String> received = new ArrayList<>();
        private final boolean odd;
        private final int start;
        private boolean healthy;

        Reader(Schedule schedule, Cursor cursor, boolean odd) {
            this.schedule = schedule;
            this.cursor = cursor;
            this.odd = odd;
            this.start = schedule.said.size();
            this.engine = new DrainEngine(
                    cursor,
                    this,
                    line -> !odd || Integer.parseInt(line.text().substring(5)) % 2 == 1,
                    new LineGrouper(null),
                    new Notices(),
                    new BackOff(schedule.random),
                    new BatchIds(schedule.random),
                    () -> schedule.nanos,
                    () -> Instant.EPOCH,
                    schedule);
        }

        void step(int steps) {
            for (int i = 0; i < steps; i++) {
                engine.step();
            }
        }

        void recover() {
            healthy = true;
            long wait;
            do {
                wait = engine.step();
                schedule.nanos += wait == DrainEngine.NOTHING_TO_DO ? 0 : wait;
            } while (wait != DrainEngine.NOTHING_TO_DO);
            assertThat(cursor.counts().pending()).isZero();
        }

        /** In order, each at most once, and with the counted ones all of them. */
        void check() {
            var counts = cursor.counts();
            assertThat(counts.offered()).isEqualTo(schedule.said.size() - start);
            assertThat(counts.delivered() + counts.filtered() + counts.dropped() + counts.pending())
                    .isEqualTo(counts.offered());
            assertThat(counts.pending()).isNotNegative();
            assertThat(counts.delivered()).isEqualTo(received.size());
            int last = start - 1;
            for (String line : received) {
                int number = Integer.parseInt(line.substring(5));
                assertThat(number).isGreaterThan(last);
                assertThat(!odd || number % 2 == 1).isTrue();
                last = number;
            }
        }

        @Override
        public void add(Line line) {
            batch.add(line.text());
        }

        @Override
        public int size() {
            return batch.size();
        }

        @Override
        public int fullSize() {
            return 5;
        }

        @Override
        public void send(Delivery delivery) throws IOException {
            int fate = healthy ? 9 : schedule.random.nextInt(10);
            if (fate < 3) {
                throw new IOException("down");
            }
            if (fate == 3) {
                throw new RefusedException("never");
            }
            if (fate == 4) {
                throw new UncheckedIOException(new IOException("bug"));
            }
            batch.stream().filter(line -> line.startsWith("line ")).forEach(received::add);
        }

        @Override
        public void clear() {
            batch.clear();
        }

        @Override
        public void close() {}
    }
}
