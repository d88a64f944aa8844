package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs an example as its users do: a JVM of its own, its output read. */
record ExampleProgram(int status, List<String> output) {
    private static final long LIMIT_SECONDS = 120;

    static ExampleProgram run(Class<?> main, Map<String, String> environment, Path... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            List<String> output = process.inputReader(UTF_8).lines().toList();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(main + " does not end; it said " + output);
            }
            return new ExampleProgram(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is typed as soon as a line of output matches a pattern, and what came before has been typed. */
    record Typed(String pattern, String keys) {}

    /** Runs an example and types one line after the other. */
    static List<String> talk(Class<?> main, List<Path> arguments, List<Typed> typed)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        arguments.forEach(argument -> command.add(argument.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Deque<Typed> left = new ArrayDeque<>(typed);
        List<String> output = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(UTF_8);
                BufferedWriter keyboard = process.outputWriter(UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (!left.isEmpty() && line.matches(left.peek().pattern())) {
                    keyboard.write(left.remove().keys() + "\n");
                    keyboard.flush();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(left).as("never typed, after %s", output).isEmpty();
        return output;
    }
}
