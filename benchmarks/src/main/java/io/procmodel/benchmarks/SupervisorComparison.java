package io.procmodel.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A hundred processes started until each has touched a file, and stopped until all are gone, as whole programs in turn: this
 * library in a cold JVM, a loop of ProcessBuilder in a cold JVM, ruby-foreman, supervisord, node-foreman. Prints medians.
 * Arguments: the class path of the benchmarks, and where {@code nf} is; {@code foreman} and {@code supervisord} are on the
 * PATH.
 */
public final class SupervisorComparison {
    static final int PROCESSES = Integer.getInteger("processes", 100);
    static final String TAG = "PROCMODEL_BENCH_TAG";
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTLED_MILLIS = 500;
    private static final double MILLION = 1e6;

    private SupervisorComparison() {}

    private record Outcome(double upMillis, double stopMillis, long left) {}

    /**
     * A program.
     *
     * @param standby how it is asked for the processes if it is running already when time is taken
     */
    private record Contender(List<String> command, String stopSignal, Optional<Standby> standby) {
        Contender(List<String> command, String stopSignal) {
            this(command, stopSignal, Optional.empty());
        }
    }

    /**
     * A program that is running already.
     *
     * @param ready what is there when it is
     * @param start what asks it for the processes
     */
    private record Standby(Path ready, List<String> start) {}

    /**
     * Runs the comparison.
     *
     * @param args the class path of the benchmarks, and the path of {@code nf}, which may be missing
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("procmodel-supervisors");
        Map<String, Contender> contenders = contenders(directory, args[0], args.length > 1 ? args[1] : "nf");
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                Outcome outcome = run(directory, contender.getValue());
                if (round > 0) {
                    outcomes.computeIfAbsent(contender.getKey(), ignored -> new ArrayList<>())
                            .add(outcome);
                }
            }
        }
        System.out.println("| program | 100 up, ms | stopped, ms | left |");
        System.out.println("|---|---|---|---|");
        outcomes.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %d |%n",
                name,
                median(all.stream().map(Outcome::upMillis).toList()),
                median(all.stream().map(Outcome::stopMillis).toList()),
                all.stream().mapToLong(Outcome::left).max().orElse(0)));
        for (String ours : new String[] {"runtime", "runtime-sandbox"}) {
            ratio(ours, "supervisord", "up", Outcome::upMillis, 0.4, outcomes);
            ratio(ours, "node-foreman (SIGINT)", "up", Outcome::upMillis, 1.3, outcomes);
            ratio(ours, "loop", "up", Outcome::upMillis, Double.NaN, outcomes);
            ratio(ours, "ruby-foreman", "stopped", Outcome::stopMillis, 0.1, outcomes);
        }
        ratio("host", "supervisord, running", "up", Outcome::upMillis, 0.4, outcomes);
        ratio("host", "ruby-foreman", "stopped", Outcome::stopMillis, 0.1, outcomes);
        for (String peer : new String[] {"supervisord", "node-foreman (SIGINT)"}) {
            ratio("loop", peer, "up", Outcome::upMillis, Double.NaN, outcomes);
        }
    }

    private static void ratio(
            String ours,
            String other,
            String what,
            Function<Outcome, Double> figure,
            double bar,
            Map<String, List<Outcome>> outcomes) {
        if (outcomes.containsKey(other)) {
            double ratio = median(outcomes.get(ours).stream().map(figure).toList())
                    / median(outcomes.get(other).stream().map(figure).toList());
            System.out.printf(Locale.ROOT, "%s, %s / %s: %.3f (bar: %.1f)%n", what, ours, other, ratio, bar);
        }
    }

    private static Map<String, Contender> contenders(Path directory, String classPath, String nf) throws IOException {
        String touch = "touch " + directory + "/up/$$; exec sleep 1000";
        Files.writeString(directory.resolve("Procfile"), "w: " + touch + "\n");
        Path socket = directory.resolve("supervisord.sock");
        Path conf = supervisord(directory, "supervisord.conf", touch, true, socket);
        Path waiting = supervisord(directory, "waiting.conf", touch, false, socket);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (String how : new String[] {"runtime", "runtime-sandbox", "loop"}) {
            contenders.put(
                    how,
                    new Contender(
                            List.of(
                                    java,
                                    "-Dprocesses=" + PROCESSES,
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Xshare:auto",
                                    "-cp",
                                    classPath,
                                    HundredProcesses.class.getName(),
                                    how,
                                    directory.toString()),
                            "TERM"));
        }
        contenders.put(
                "host",
                new Contender(
                        List.of(
                                java,
                                "-Dprocesses=" + PROCESSES,
                                "-cp",
                                classPath,
                                RunningHost.class.getName(),
                                directory.toString()),
                        "TERM",
                        Optional.of(new Standby(
                                directory.resolve(RunningHost.READY),
                                List.of(
                                        "touch",
                                        directory.resolve(RunningHost.GO).toString())))));
        contenders.put(
                "ruby-foreman",
                new Contender(List.of("foreman", "start", "-d", directory.toString(), "-m", "w=" + PROCESSES), "TERM"));
        contenders.put("supervisord", new Contender(List.of("supervisord", "-c", conf.toString()), "TERM"));
        contenders.put(
                "supervisord, running",
                new Contender(
                        List.of("supervisord", "-c", waiting.toString()),
                        "TERM",
                        Optional.of(new Standby(
                                socket, List.of("supervisorctl", "-c", waiting.toString(), "start", "w:*")))));
        contenders.put(
                "node-foreman (SIGINT)",
                new Contender(
                        List.of(nf, "start", "-j", directory.resolve("Procfile").toString(), "w=" + PROCESSES), "INT"));
        return present(contenders);
    }

    private static Path supervisord(Path directory, String name, String command, boolean autostart, Path socket)
            throws IOException {
        return Files.writeString(
                directory.resolve(name),
                String.join(
                        "\n",
                        "[supervisord]",
                        "nodaemon=true",
                        "logfile=/dev/null",
                        "logfile_maxbytes=0",
                        "pidfile=" + directory.resolve("supervisord.pid"),
                        "[unix_http_server]",
                        "file=" + socket,
                        "[rpcinterface:supervisor]",
                        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
                        "[supervisorctl]",
                        "serverurl=unix://" + socket,
                        "[program:w]",
                        "command=bash -c '" + command + "'",
                        "numprocs=" + PROCESSES,
                        "process_name=w%(process_num)d",
                        "autostart=" + autostart,
                        "startsecs=0",
                        ""));
    }

    /** Those whose programs are here; the others are named. */
    private static Map<String, Contender> present(Map<String, Contender> contenders) {
        Map<String, Contender> present = new LinkedHashMap<>(contenders);
        present.entrySet().removeIf(contender -> {
            String program = contender.getValue().command().get(0);
            boolean missing = Stream.of(System.getenv("PATH").split(":"))
                    .noneMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
            if (missing) {
                System.out.println("SKIPPED: " + contender.getKey() + " (there is no " + program + ")");
            }
            return missing;
        });
        return present;
    }

    private static Outcome run(Path directory, Contender contender) throws IOException, InterruptedException {
        Path up = Files.createDirectory(directory.resolve("up"));
        String tag = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder(contender.command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(TAG, tag);
        long start = System.nanoTime();
        Process process = builder.start();
        if (contender.standby().isPresent()) {
            Standby standby = contender.standby().get();
            awaitReady(standby.ready(), process, start + LIMIT_NANOS);
            start = System.nanoTime();
            new ProcessBuilder(standby.start())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        while (count(up) < PROCESSES && System.nanoTime() - start < LIMIT_NANOS) {
            Thread.sleep(2);
        }
        double upMillis = (System.nanoTime() - start) / MILLION;
        List<ProcessHandle> all = TaggedProcesses.with(tag);
        long stop = System.nanoTime();
        new ProcessBuilder("kill", "-s", contender.stopSignal(), Long.toString(process.pid()))
                .start()
                .waitFor();
        TaggedProcesses.awaitEnd(tag, all, stop + LIMIT_NANOS / 4);
        double stopMillis = (System.nanoTime() - stop) / MILLION;
        List<ProcessHandle> left = TaggedProcesses.with(tag);
        left.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        clear(up);
        Files.deleteIfExists(directory.resolve(RunningHost.READY));
        Files.deleteIfExists(directory.resolve(RunningHost.GO));
        return new Outcome(upMillis, stopMillis, left.size());
    }

    private static void awaitReady(Path ready, Process process, long deadline)
            throws IOException, InterruptedException {
        while (Files.notExists(ready)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("there is no " + ready);
            }
            Thread.sleep(10);
        }
        Thread.sleep(SETTLED_MILLIS);
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static void clear(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Files.delete(entry);
            }
        }
        Files.delete(directory);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
