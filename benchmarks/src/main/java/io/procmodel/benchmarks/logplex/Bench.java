package io.procmodel.benchmarks.logplex;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the bars of one run work: a directory of their own, the programs of the machine, and the table of results. */
final class Bench implements AutoCloseable {
    private final Path directory;

    Bench() throws IOException {
        directory = Files.createTempDirectory("procmodel-logplex");
    }

    /** A file of the bench's own. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Adds a row to the table. */
    void row(String bar, String figure, String target, boolean met) {
        System.out.println("| " + bar + " | " + target + " | " + figure + " | " + (met ? "met" : "MISSED") + " |");
    }

    /** The program with this name. */
    static String program(String name) throws MissingProgramException {
        for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = Path.of(place, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new MissingProgramException(name);
    }

    /** A program in C, compiled by the system's compiler. */
    Path compile(String name) throws IOException, InterruptedException {
        String compiler = program("cc");
        Path source = file(name + ".c");
        Path program = file(name);
        if (!Files.exists(program)) {
            try (InputStream code = Bench.class.getResourceAsStream(name + ".c")) {
                Files.copy(code, source);
            }
            run(List.of(compiler, "-O2", "-w", "-o", program.toString(), source.toString()));
        }
        return program;
    }

    /** Named pipes, made with one call. */
    List<Path> pipes(int count) throws IOException, InterruptedException {
        List<Path> pipes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            pipes.add(file("pipe-" + i));
        }
        run(command(program("mkfifo"), pipes));
        return pipes;
    }

    /** Removes what {@link #pipes} made. */
    static void remove(List<Path> pipes) throws IOException {
        for (Path pipe : pipes) {
            Files.delete(pipe);
        }
    }

    /** A program and the files it is given. */
    static List<String> command(String program, List<Path> files) {
        List<String> command = new ArrayList<>(List.of(program));
        files.forEach(file -> command.add(file.toString()));
        return command;
    }

    /** Runs a program to its end. */
    static void run(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(command.get(0) + " ended with " + status);
        }
    }

    /** Refuses figures of a run that lost something. */
    static void expect(String what, long seen, long expected) {
        if (seen != expected) {
            throw new IllegalStateException(what + ": " + seen + " (expected: " + expected + ")");
        }
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public void close() throws IOException {
        try {
            run(List.of("rm", "-rf", directory.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
