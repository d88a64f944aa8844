package io.procmodel.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.lease.FileLease;
import io.procmodel.lease.Lease;
import io.procmodel.scheduler.ledger.FileRunLedger;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.RunLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A host of the chaos tests, a process of its own: one job that is due four times a second and writes down that it ran, and
 * for which instant. Ends when its input does, and however it is ended.
 */
public final class ChaosHost {
    /** How often the job is due. */
    public static final Duration PERIOD = Duration.ofMillis(250);

    /** How many missed instants are run, the latest; older ones are let go. */
    static final int MOST_CAUGHT_UP = 100;

    /** Remembers every run, so that the end can be judged. */
    public static final History HISTORY = new History(20_000, Duration.ofDays(1));

    private static final JobPolicy POLICY = JobPolicy.DEFAULT
            .withCatchUp(CatchUp.all(MOST_CAUGHT_UP).within(Duration.ofMinutes(10)))
            .withOverlap(Overlap.ALLOW);

    private ChaosHost() {}

    /** Files: the lease's path, the clock's skew in milliseconds, the file to write to. */
    public static void main(String[] arguments) throws IOException {
        Path lease = Path.of(arguments[0]);
        Path runs = lease.resolveSibling("runs");
        run(
                FileLease.at(lease),
                FileRunLedger.at(runs, HISTORY, InstantSource.system()),
                Long.parseLong(arguments[1]),
                Path.of(arguments[2]));
    }

    /** Runs a host until standard input ends. */
    public static void run(Lease lease, RunLedger ledger, long skewMillis, Path record) throws IOException {
        InstantSource skewed = () -> Instant.now().plusMillis(skewMillis);
        long pid = ProcessHandle.current().pid();
        try (ClockScheduler clock = ClockScheduler.builder()
                .lease(lease)
                .ledger(ledger)
                .clock(skewed)
                .listener(event -> tell(record, pid, event))
                .start()) {
            clock.job("tick")
                    .schedule(Schedule.every(PERIOD))
                    .policy(POLICY)
                    .callWith(run -> write(record, "run " + pid + " " + run.scheduledFor() + " " + Instant.now()));
            while (System.in.read() >= 0) {
                // Until the test is over.
            }
        } finally {
            ledger.close();
        }
    }

    private static void tell(Path record, long pid, SchedulerEvent event) {
        if (event instanceof SchedulerEvent.LeaderGained gained) {
            write(record, "lead " + pid + " " + gained.token() + " " + Instant.now());
        } else if (event instanceof SchedulerEvent.LeaderLost) {
            write(record, "lost " + pid + " - " + Instant.now());
        }
    }

    /** One line is one write to a file that is open for appending: lines of several hosts do not mix. */
    private static void write(Path record, String line) {
        try {
            Files.write(
                    record,
                    (line + "\n").getBytes(UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a host is started with, after the class path. */
    static List<String> command(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }
}
