package io.procmodel.scheduler;

import static org.awaitility.Awaitility.await;

import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.RunLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The processes of a chaos test, what they wrote down, and the judgement. */
public final class ChaosHosts implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Class<?> main;
    private final Path record;
    private final List<Process> processes = new ArrayList<>();

    /** Hosts of that main class that write to {@code record}. */
    public ChaosHosts(Class<?> main, Path record) {
        this.main = main;
        this.record = record;
    }

    /** Starts one more. */
    public Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(ChaosHost.command(main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(record.resolveSibling("errors").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** The lines of a kind, each in its words. */
    public List<String[]> lines(String kind) {
        try {
            return Files.exists(record)
                    ? Files.readAllLines(record).stream()
                            .filter(line -> line.startsWith(kind + " "))
                            .map(line -> line.split(" ", -1))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many runs have been written down. */
    public void awaitRuns(int count) {
        await().atMost(LIMIT.plus(ChaosHost.PERIOD.multipliedBy(count * 4L)))
                .until(() -> lines("run").size() >= count);
    }

    /** The process that has the lead, as far as it wrote down. */
    public Process leader() {
        await().atMost(LIMIT).until(() -> !lines("lead").isEmpty());
        List<String[]> leads = lines("lead");
        long pid = Long.parseLong(leads.get(leads.size() - 1)[1]);
        return processes.stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until another process has the lead, and says after how long. */
    public Duration awaitTakeOver(Process from, Instant since) {
        int before = lines("lead").size();
        await().atMost(LIMIT)
                .until(() -> lines("lead").stream()
                        .anyMatch(line -> Long.parseLong(line[1]) != from.pid()
                                && Instant.parse(line[3]).isAfter(since)));
        return lines("lead").stream()
                .filter(line -> Long.parseLong(line[1]) != from.pid())
                .map(line -> Instant.parse(line[3]))
                .filter(at -> at.isAfter(since))
                .findFirst()
                .map(at -> Duration.between(since, at))
                .orElseThrow(() -> new AssertionError(before + " leads"));
    }

    /** Sends a signal to one of these processes. */
    public static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /**
     * What happened to each instant from the first run to the last.
     *
     * @param instants how many there were
     * @param duplicates how many were run more than once
     * @param lost how many were not run, and the ledger cannot say why
     * @param abandoned how many were claimed by a host that died
     * @param missed how many were let go by the policy, which runs no more than the latest 100
     */
    public record Judgement(int instants, long duplicates, List<Instant> lost, long abandoned, long missed) {}

    /** Judges what was written down by the ledger. */
    public Judgement judge(RunLedger ledger) {
        Map<Instant, Integer> starts = new HashMap<>();
        lines("run").forEach(line -> starts.merge(Instant.parse(line[2]), 1, Integer::sum));
        Map<Instant, JobRun> runs = new HashMap<>();
        Set<Instant> letGo = new HashSet<>();
        for (JobRun run : ledger.history("tick", 20_000)) {
            runs.put(run.scheduledFor(), run);
            if (run.end().map(RunEnd::outcome).orElse(null) == Outcome.MISSED) {
                for (long back = 0; back < run.count(); back++) {
                    letGo.add(run.scheduledFor().minus(ChaosHost.PERIOD.multipliedBy(back)));
                }
            }
        }
        Instant last = starts.keySet().stream().max(Instant::compareTo).orElseThrow();
        int instants = 0;
        long abandoned = 0;
        long missed = 0;
        List<Instant> lost = new ArrayList<>();
        for (Instant instant = starts.keySet().stream().min(Instant::compareTo).orElseThrow();
                !instant.isAfter(last);
                instant = instant.plus(ChaosHost.PERIOD)) {
            instants++;
            if (starts.containsKey(instant)) {
                continue;
            }
            if (letGo.contains(instant)) {
                missed++;
            } else if (isAbandoned(runs.get(instant))) {
                abandoned++;
            } else {
                lost.add(instant);
            }
        }
        return new Judgement(
                instants, starts.values().stream().filter(count -> count > 1).count(), lost, abandoned, missed);
    }

    private static boolean isAbandoned(JobRun run) {
        return run != null && run.end().map(RunEnd::outcome).orElse(Outcome.ABANDONED) == Outcome.ABANDONED;
    }

    @Override
    public void close() {
        killAll();
    }

    /** Ends all processes at once, and waits for that. */
    public void killAll() {
        for (Process process : processes) {
            process.destroyForcibly();
        }
        for (Process process : processes) {
            try {
                process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
