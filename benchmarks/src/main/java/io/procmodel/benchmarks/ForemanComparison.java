package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Local runs side by side with ruby-foreman, as whole programs on the same Procfile, in turn: lines delivered, time to the
 * first line of a process, time to the end, exit status. Prints a table of medians. Needs {@code foreman} on the PATH, and
 * as its argument the class path of the examples.
 */
public final class ForemanComparison {
    private static final int ROUNDS = 7;
    private static final int LINES = 20_000;
    private static final long LIMIT_SECONDS = 120;
    private static final double MILLION = 1e6;
    private static final String WRITER =
            "awk 'BEGIN { for (i = 0; i < " + LINES + "; i++) print \"line \" i }'; sleep 0.3; exit 3\n";

    private ForemanComparison() {}

    /** One run of one program. */
    private record Outcome(double firstLineMillis, double totalMillis, long lines, int status) {}

    /**
     * Runs the comparison.
     *
     * @param args the class path of the examples
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("procmodel-comparison");
        Files.writeString(directory.resolve("Procfile"), "web: " + WRITER + "worker: " + WRITER);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> ours = List.of(
                java, "-XX:TieredStopAtLevel=1", "-cp", args[0], "io.procmodel.examples.Start", directory.toString());
        List<String> foreman = List.of("foreman", "start", "-d", directory.toString());
        List<Outcome> ourOutcomes = new ArrayList<>();
        List<Outcome> foremanOutcomes = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Outcome our = run(ours);
            Outcome theirs = run(foreman);
            if (round > 0) {
                ourOutcomes.add(our);
                foremanOutcomes.add(theirs);
            }
        }
        Files.delete(directory.resolve("Procfile"));
        Files.delete(directory);
        System.out.println("| program | first line ms | end ms | lines of " + 2 * LINES + " | exit status |");
        System.out.println("|---|---|---|---|---|");
        System.out.println(row("LocalRun", ourOutcomes));
        System.out.println(row("ruby-foreman", foremanOutcomes));
    }

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        long first = 0;
        long lines = 0;
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains("| line ")) {
                    first = lines == 0 ? System.nanoTime() : first;
                    lines++;
                }
            }
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Outcome(
                (first - start) / MILLION, (System.nanoTime() - start) / MILLION, lines, process.exitValue());
    }

    private static String row(String name, List<Outcome> outcomes) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %d | %d |",
                name,
                median(outcomes.stream().map(Outcome::firstLineMillis).toList()),
                median(outcomes.stream().map(Outcome::totalMillis).toList()),
                (long) median(outcomes.stream()
                        .map(outcome -> (double) outcome.lines())
                        .toList()),
                outcomes.get(0).status());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
