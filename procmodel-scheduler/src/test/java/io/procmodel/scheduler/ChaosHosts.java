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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The processes of a chaos test, what they wrote down, and the judgement. */
public final class ChaosHosts implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(150);

    private final Class<?> main;
    private final Path record;
    private final List<Process> processes = new ArrayList<>();
    private final Map<Long, String[]> arguments = new HashMap<>();
    private final Set<Long> killed = new HashSet<>();

    /** Hosts of that main class that write to {@code record}. */
    public ChaosHosts(Class<?> main, Path record) {
        this.main = main;
        this.record = record;
    }

    /** Starts one more. */
    public Process start(String... toStart) throws IOException {
        List<String> command = new ArrayList<>(ChaosHost.command(main));
        command.addAll(List.of(toStart));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(record.resolveSibling("errors").toFile())
                .start();
        processes.add(process);
        arguments.put(process.pid(), toStart);
        return process;
    }

    /** Starts one in the place of one that was killed. */
    public Process restart(Process killed) throws IOException {
        return start(arguments.getOrDefault(killed.pid(), new String[0]));
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

    /**
     * The process that has the lead, as far as it wrote down.
     *
     * @param process the process
     * @param leads how many times the lead had been gained until then
     */
    public record Leader(Process process, int leads) {}

    /** Waits until a process has the lead. */
    public Leader leader() {
        await().atMost(LIMIT).until(() -> !lines("lead").isEmpty());
        List<String[]> leads = lines("lead");
        long pid = Long.parseLong(leads.get(leads.size() - 1)[1]);
        return processes.stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .map(process -> new Leader(process, leads.size()))
                .orElseThrow();
    }

    /** Waits until another process has the lead, and says after how long. */
    public Duration awaitTakeOver(Leader from, Instant since) {
        await().atMost(LIMIT).until(() -> takeOver(from).isPresent());
        Duration after = Duration.between(since, takeOver(from).orElseThrow());
        return after.isNegative() ? Duration.ZERO : after;
    }

    private Optional<Instant> takeOver(Leader from) {
        return lines("lead").stream()
                .skip(from.leads())
                .filter(line -> Long.parseLong(line[1]) != from.process().pid())
                .findFirst()
                .map(line -> Instant.parse(line[3]));
    }

    /** Ends one of these processes as {@code kill -9} does. */
    public void kill(Process process) {
        killed.add(process.pid());
        process.destroyForcibly();
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
     * @param duplicates the instants that were run more than once
     * @param lost the instants that were not run although the policy does not let them go, and what the ledger says of each
     * @param abandoned how many had been claimed by a host when it was killed, which the policy reports and does not repeat
     * @param missed how many were let go by the policy, which runs no more than the latest 100
     */
    public record Judgement(int instants, List<Instant> duplicates, List<String> lost, long abandoned, long missed) {}

    /** Judges what was written down by the ledger. */
    public Judgement judge(RunLedger ledger) {
        NavigableMap<Instant, Integer> starts = new TreeMap<>();
        lines("run").forEach(line -> starts.merge(Instant.parse(line[2]), 1, Integer::sum));
        Map<Instant, JobRun> runs = new HashMap<>();
        for (JobRun run : ledger.history("tick", 20_000)) {
            for (long back = 0; back < run.count(); back++) {
                runs.putIfAbsent(run.scheduledFor().minus(ChaosHost.PERIOD.multipliedBy(back)), run);
            }
        }
        int instants = 0;
        long abandoned = 0;
        long missed = 0;
        List<String> lost = new ArrayList<>();
        for (Instant at = starts.firstKey(); !at.isAfter(starts.lastKey()); at = at.plus(ChaosHost.PERIOD)) {
            instants++;
            JobRun run = runs.get(at);
            if (!starts.containsKey(at)) {
                if (run != null && isLetGo(run)) {
                    missed++;
                } else if (run != null && isOfAKilledHost(run)) {
                    abandoned++;
                } else {
                    lost.add(at + ": " + (run == null ? "never claimed" : run));
                }
            }
        }
        List<Instant> duplicates =
                starts.keySet().stream().filter(at -> starts.get(at) > 1).toList();
        return new Judgement(instants, duplicates, lost, abandoned, missed);
    }

    /** Whether so many later instants had come, when this was recorded, that the policy does not run it. */
    private static boolean isLetGo(JobRun run) {
        boolean missed = run.end().map(RunEnd::outcome).orElse(null) == Outcome.MISSED;
        Instant tooMany = run.scheduledFor().plus(ChaosHost.PERIOD.multipliedBy(ChaosHost.MOST_CAUGHT_UP));
        return missed && !tooMany.isAfter(run.startedAt());
    }

    /** Claimed, and not known to have ended when its host was killed; the host's name has the process's id. */
    private boolean isOfAKilledHost(JobRun run) {
        boolean unfinished = run.end().map(RunEnd::outcome).orElse(Outcome.ABANDONED) == Outcome.ABANDONED;
        return unfinished && killed.contains(Long.parseLong(run.host().split("/", -1)[1]));
    }

    @Override
    public void close() {
        killAll();
    }

    /** Lets all processes end by themselves: what they have claimed they run to its end. */
    public void endAll() throws IOException {
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        await().atMost(LIMIT).until(() -> processes.stream().noneMatch(Process::isAlive));
    }

    /** Ends all processes at once, and waits for that. */
    public void killAll() {
        processes.forEach(this::kill);
        for (Process process : processes) {
            try {
                process.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
