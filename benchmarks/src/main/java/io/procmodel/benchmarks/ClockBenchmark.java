package io.procmodel.benchmarks;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.netty.util.HashedWheelTimer;
import io.procmodel.lease.InMemoryLease;
import io.procmodel.scheduler.ClockScheduler;
import io.procmodel.scheduler.CronSchedule;
import io.procmodel.scheduler.Schedule;
import io.procmodel.scheduler.timer.TimerHeap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * The clock beside the JDK's executor, Netty's wheel and Quartz in one run: inserts per second and bytes per entry with
 * entries that are due in hours, lateness when 10,000 fire at once on two threads, and the cost of the next instant beside
 * cron-utils. Rounds take turns; the median counts.
 */
public final class ClockBenchmark {
    private static final int ENTRIES = 1_000_000;
    private static final int FEWER_ENTRIES = 100_000;
    private static final int FEWER_ENTRIES_ROUNDS = 15;
    private static final int IDLE_SECONDS = 20;
    private static final int QUARTZ_ENTRIES = 10_000;
    private static final int FIRES = 10_000;
    private static final int ROUNDS = 5;
    private static final int NEXTS = 200_000;

    private static final long[] LATENESS = new long[FIRES];
    private static final AtomicInteger FIRED = new AtomicInteger();
    private static volatile CountDownLatch done = new CountDownLatch(1);
    private static volatile long dueMillis;

    private ClockBenchmark() {}

    /** A contender that holds entries. */
    private interface Contender extends AutoCloseable {
        void insert(long delayMillis, Runnable task) throws Exception;

        @Override
        void close() throws Exception;
    }

    /** Makes contenders. */
    private interface Maker {
        Contender make() throws Exception;
    }

    /** Runs the benchmark and prints its figures; with the argument {@code clock} only those of the whole clock. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Maker> makers = new LinkedHashMap<>();
        if (List.of(arguments).contains("clock")) {
            makers.put("JDK executor", ClockBenchmark::executor);
            makers.put("clock, whole", ClockBenchmark::wholeClock);
            lateness(makers);
            idle();
            return;
        }
        makers.put("JDK executor", ClockBenchmark::executor);
        makers.put("Netty wheel 10 ms", () -> wheel(10));
        makers.put("clock's heap", ClockBenchmark::heap);
        makers.put("Quartz RAMJobStore", ClockBenchmark::quartz);
        inserts(makers, FEWER_ENTRIES, FEWER_ENTRIES_ROUNDS);
        inserts(makers, ENTRIES, ROUNDS);
        makers.put("clock, whole", ClockBenchmark::wholeClock);
        makers.remove("clock's heap");
        lateness(makers);
        next("*/10 * * * *", ZoneId.of("UTC"));
        next("0 2 * * *", ZoneId.of("America/New_York"));
        next("30 18 1,15 * *", ZoneId.of("UTC"));
        idle();
    }

    private static void inserts(Map<String, Maker> makers, int entries, int rounds) throws Exception {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        Map<String, List<Double>> bytes = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Maker> maker : makers.entrySet()) {
                int count = maker.getKey().startsWith("Quartz") ? QUARTZ_ENTRIES : entries;
                long before = usedAfterCollection();
                try (Contender contender = maker.getValue().make()) {
                    Runnable nothing = () -> {};
                    long start = System.nanoTime();
                    for (int i = 0; i < count; i++) {
                        contender.insert(3_600_000L + i * 7919L % 3_600_000L, nothing);
                    }
                    double seconds = (System.nanoTime() - start) / 1e9;
                    rates.computeIfAbsent(maker.getKey(), key -> new ArrayList<>())
                            .add(count / seconds);
                    bytes.computeIfAbsent(maker.getKey(), key -> new ArrayList<>())
                            .add((usedAfterCollection() - before) / (double) count);
                }
            }
        }
        for (String name : makers.keySet()) {
            System.out.printf(
                    "%,10d entries, %-20s %,12.0f inserts/s %6.0f bytes/entry%n",
                    entries, name, median(rates.get(name)), median(bytes.get(name)));
        }
    }

    private static long usedAfterCollection() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(30);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void lateness(Map<String, Maker> makers) throws Exception {
        Map<String, List<Double>> p50 = new LinkedHashMap<>();
        Map<String, List<Double>> p99 = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Maker> maker : makers.entrySet()) {
                FIRED.set(0);
                done = new CountDownLatch(FIRES);
                try (Contender contender = maker.getValue().make()) {
                    dueMillis = System.currentTimeMillis() + 3_000;
                    for (int i = 0; i < FIRES; i++) {
                        contender.insert(dueMillis - System.currentTimeMillis(), ClockBenchmark::fire);
                    }
                    done.await(120, TimeUnit.SECONDS);
                }
                Arrays.sort(LATENESS);
                p50.computeIfAbsent(maker.getKey(), key -> new ArrayList<>()).add((double) LATENESS[FIRES / 2]);
                p99.computeIfAbsent(maker.getKey(), key -> new ArrayList<>()).add((double) LATENESS[FIRES * 99 / 100]);
            }
        }
        for (String name : makers.keySet()) {
            System.out.printf(
                    "%-20s late p50 %4.0f ms, p99 %4.0f ms%n", name, median(p50.get(name)), median(p99.get(name)));
        }
    }

    /** What a leader with many jobs that are due tomorrow costs. */
    private static void idle() throws Exception {
        try (ClockScheduler clock = ClockScheduler.builder()
                .lease(InMemoryLease.of("clock", Duration.ofMinutes(10), InstantSource.system()))
                .start()) {
            Schedule tomorrow = Schedule.at(Instant.now().plus(Duration.ofDays(1)));
            for (int i = 0; i < FEWER_ENTRIES; i++) {
                clock.schedule("job" + i, tomorrow, () -> {});
            }
            TimeUnit.SECONDS.sleep(5);
            Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            Duration used = ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElseThrow()
                    .minus(before);
            System.out.printf(
                    "idle with %,d jobs: %.2f %% of a core%n", FEWER_ENTRIES, used.toMillis() / 10.0 / IDLE_SECONDS);
        }
    }

    private static void fire() {
        int index = FIRED.getAndIncrement();
        if (index < FIRES) {
            LATENESS[index] = System.currentTimeMillis() - dueMillis;
        }
        done.countDown();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static Contender executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);
        return new Contender() {
            @Override
            public void insert(long delayMillis, Runnable task) {
                Future<?> unused = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
            }

            @Override
            public void close() {
                executor.shutdownNow();
            }
        };
    }

    private static Contender wheel(int tickMillis) {
        HashedWheelTimer wheel = new HashedWheelTimer(tickMillis, TimeUnit.MILLISECONDS);
        wheel.start();
        return new Contender() {
            @Override
            public void insert(long delayMillis, Runnable task) {
                wheel.newTimeout(timeout -> task.run(), delayMillis, TimeUnit.MILLISECONDS);
            }

            @Override
            public void close() {
                wheel.stop();
            }
        };
    }

    private static Contender heap() {
        TimerHeap<Runnable> heap = new TimerHeap<>();
        ReentrantLock lock = new ReentrantLock();
        return new Contender() {
            @Override
            public void insert(long delayMillis, Runnable task) {
                lock.lock();
                try {
                    heap.add(System.currentTimeMillis() + delayMillis, task);
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void close() {
                heap.clear();
            }
        };
    }

    /** Lease, claims and ledger included. */
    private static Contender wholeClock() {
        ExecutorService callbacks = Executors.newFixedThreadPool(2);
        ClockScheduler clock = ClockScheduler.builder()
                .lease(InMemoryLease.of("clock", Duration.ofMinutes(10), InstantSource.system()))
                .callbacks(callbacks)
                .start();
        AtomicInteger names = new AtomicInteger();
        return new Contender() {
            @Override
            public void insert(long delayMillis, Runnable task) {
                clock.schedule("job" + names.getAndIncrement(), Schedule.at(Instant.ofEpochMilli(dueMillis)), task);
            }

            @Override
            public void close() {
                clock.close();
                callbacks.shutdownNow();
            }
        };
    }

    private static Contender quartz() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "benchmark");
        settings.setProperty("org.quartz.threadPool.threadCount", "10");
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        Scheduler scheduler = new StdSchedulerFactory(settings).getScheduler();
        scheduler.start();
        AtomicInteger names = new AtomicInteger();
        return new Contender() {
            @Override
            public void insert(long delayMillis, Runnable task) throws Exception {
                String name = "job" + names.getAndIncrement();
                scheduler.scheduleJob(
                        JobBuilder.newJob(Fired.class).withIdentity(name).build(),
                        TriggerBuilder.newTrigger()
                                .startAt(Date.from(Instant.now().plusMillis(delayMillis)))
                                .build());
            }

            @Override
            public void close() throws Exception {
                scheduler.shutdown();
            }
        };
    }

    /** What Quartz runs. */
    public static final class Fired implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            fire();
        }
    }

    private static void next(String expression, ZoneId zone) {
        CronSchedule own = Schedule.cron(expression, zone);
        ExecutionTime other = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression));
        List<Double> owns = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            Instant from = start;
            for (int i = 0; i < NEXTS; i++) {
                from = own.nextAfter(from).orElseThrow();
            }
            owns.add((System.nanoTime() - begin) / (double) NEXTS);
            begin = System.nanoTime();
            ZonedDateTime zoned = start.atZone(zone);
            for (int i = 0; i < NEXTS / 20; i++) {
                zoned = other.nextExecution(zoned).orElseThrow();
            }
            others.add((System.nanoTime() - begin) / (double) (NEXTS / 20));
        }
        System.out.printf(
                "next %-16s %-17s %6.0f ns, cron-utils %7.0f ns: %3.0f times%n",
                expression, zone, median(owns), median(others), median(others) / median(owns));
    }
}
