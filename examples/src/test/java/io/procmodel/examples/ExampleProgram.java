package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
}
