package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Channel;
import io.procmodel.logplex.Drain;
import io.procmodel.logplex.DrainOptions;
import io.procmodel.logplex.LogListener;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.LogSession;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.LossNotice;
import io.procmodel.logplex.Tail;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * B9 at full speed: the accounts add up each time somebody looks, while dynos write, drains work, hang and fail, readers come
 * and go and the history changes its size. The 10,000 random schedules of the bar are a test, {@code ModelTest}.
 */
final class AccountsBar implements Bar {
    private static final int SECONDS = Integer.getInteger("seconds", 15);
    private static final int WRITERS = 4;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();

    @Override
    public void measure(Bench bench) throws InterruptedException {
        ended.set(false);
        written.set(0);
        CountDownLatch stuck = new CountDownLatch(1);
        Account account = new Account();
        try (Logplex logplex = Logplex.builder().history(2000).build()) {
            Channel channel = logplex.channel(OneStream.APP);
            Tail counted = channel.tail(LogQuery.all(), account);
            LogSession idle = channel.session(LogQuery.all());
            channel.drains().add("works", DrainOptions.none(), batch -> {});
            channel.drains().add("stuck", DrainOptions.none(), batch -> await(stuck));
            channel.drains().add("fails", DrainOptions.none(), batch -> {
                throw new IllegalStateException("a drain of the benchmark that always fails");
            });
            List<Thread> writers = new ArrayList<>();
            for (int i = 1; i <= WRITERS; i++) {
                LogSource source = logplex.open(OneStream.APP, LogOrigin.app("web." + i));
                long seed = i;
                writers.add(new Thread(() -> write(source, new SplittableRandom(seed))));
            }
            writers.forEach(Thread::start);
            long looks = disturb(channel);
            for (Thread writer : writers) {
                writer.join();
            }
            stuck.countDown();
            long appended = account.awaitAll(channel);
            channel.stats().verify();
            idle.close();
            counted.close();
            if (appended < written.get()) {
                throw new IllegalStateException("appended: " + appended + ", written: " + written);
            }
            bench.row(
                    "B9",
                    text(
                            "balanced at each of %d looks in %d s and at the end: %d lines written, a tail told %d and %d lost",
                            looks, SECONDS, written.get(), account.told.get(), account.lost.get()),
                    "the identity holds at 1 Hz and at the end",
                    true);
        }
    }

    /** Changes what can be changed, and looks at the accounts after each change; returns how often it looked. */
    private long disturb(Channel channel) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(7);
        long start = System.nanoTime();
        long looks = 0;
        for (; Figures.seconds(start) < SECONDS; looks++) {
            channel.history(random.nextInt(1, 5000));
            channel.stats().verify();
            Drain passing = channel.drains().add("passing", DrainOptions.none(), batch -> {});
            try (LogSession session = channel.session(LogQuery.all().last(random.nextInt(1, 100)))) {
                session.iterator().next();
                channel.stats().verify();
            }
            TimeUnit.MILLISECONDS.sleep(5);
            passing.remove();
            channel.stats().verify();
        }
        ended.set(true);
        return 3 * looks;
    }

    private void write(LogSource source, SplittableRandom random) {
        try (source) {
            while (!ended.get()) {
                int lines = random.nextInt(1, 200);
                source.write(
                        ByteBuffer.wrap("a line of some length\n".repeat(lines).getBytes(US_ASCII)));
                written.addAndGet(lines);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a reader of its own makes of it: lines told and lines lost are all lines. */
    private static final class Account implements LogListener {
        private static final int PATIENCE_SECONDS = 30;

        private final AtomicLong told = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();

        @Override
        public void line(LogEntry entry) {
            told.incrementAndGet();
        }

        @Override
        public void lost(LossNotice notice) {
            lost.addAndGet(notice.count());
        }

        /** Waits until all lines are told or lost; returns how many there were. */
        long awaitAll(Channel channel) throws InterruptedException {
            long start = System.nanoTime();
            while (told.get() + lost.get() != channel.stats().appended()) {
                if (Figures.seconds(start) > PATIENCE_SECONDS) {
                    throw new IllegalStateException("told " + told + ", lost " + lost + ", of "
                            + channel.stats().appended());
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return told.get() + lost.get();
        }
    }
}
