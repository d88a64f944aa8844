package io.procmodel.benchmarks.logplex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that runs processes and renders what they say.
 *
 * @param name what it is called
 * @param target how many times faster logplex is to be
 * @param allLines how many lines all processes together write: enough for a second or so
 * @param launch how it is started
 */
record Peer(String name, double target, int allLines, Launch launch) {
    /** How a peer is started. */
    interface Launch {
        List<String> command(int processes, Path output) throws IOException;
    }

    /** How many lines so many processes write, which all write the same. */
    int lines(int processes) {
        return allLines / processes * processes;
    }

    static Peer logplex(Bench bench, Path speaker) {
        int lines = Integer.getInteger("rendered", 300_000);
        return new Peer(
                "logplex",
                1,
                lines,
                (processes, output) -> List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RenderingHost.class.getName(),
                        directory(bench, speaker, lines / processes).toString(),
                        "web=" + processes,
                        output.toString(),
                        String.valueOf(lines)));
    }

    static Peer foreman(Bench bench, Path speaker) throws MissingProgramException {
        String foreman = Bench.program("foreman");
        int lines = 40_000;
        return new Peer(
                "ruby-foreman",
                15,
                lines,
                (processes, output) -> List.of(
                        foreman,
                        "start",
                        "-d",
                        directory(bench, speaker, lines / processes).toString(),
                        "-m",
                        "web=" + processes));
    }

    static Peer nodeForeman(Bench bench, Path speaker) throws IOException, InterruptedException {
        String program = installed(bench, "foreman@3.0.1", "nf");
        int lines = 60_000;
        return new Peer(
                "node-foreman",
                7,
                lines,
                (processes, output) -> List.of(
                        program,
                        "-j",
                        directory(bench, speaker, lines / processes)
                                .resolve("Procfile")
                                .toString(),
                        "start",
                        "web=" + processes));
    }

    static Peer concurrently(Bench bench, Path speaker) throws IOException, InterruptedException {
        String program = installed(bench, "concurrently@9.2.5", "concurrently");
        int lines = 200_000;
        return new Peer("concurrently", 2.5, lines, (processes, output) -> {
            List<String> command = new ArrayList<>(List.of(program));
            for (int i = 0; i < processes; i++) {
                command.add(speaker + " " + lines / processes);
            }
            return command;
        });
    }

    private static Path directory(Bench bench, Path speaker, int lines) throws IOException {
        Path directory = Files.createDirectories(bench.file("speakers-" + lines));
        Files.writeString(directory.resolve("Procfile"), "web: " + speaker + " " + lines + "\n");
        return directory;
    }

    /** A program of npm's, from the directory that the property {@code npm} names, or else installed now. */
    private static String installed(Bench bench, String packaged, String program)
            throws IOException, InterruptedException {
        Bench.program("node");
        String there = System.getProperty("npm");
        Path place = there == null ? bench.file("npm") : Path.of(there);
        Path wanted = place.resolve("node_modules").resolve(".bin").resolve(program);
        if (!Files.exists(wanted)) {
            String npm = Bench.program("npm");
            Bench.run(List.of(npm, "install", "--no-audit", "--no-fund", "--prefix", place.toString(), packaged));
        }
        return wanted.toString();
    }
}
