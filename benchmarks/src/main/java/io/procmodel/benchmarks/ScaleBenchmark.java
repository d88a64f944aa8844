package io.procmodel.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.procmodel.procfile.DotEnv;
import io.procmodel.procfile.Procfile;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether reading is linear: the cost per character of texts of 1,000 to a million lines, and of lines of 1,000 to ten
 * million characters. Every sample reads as much in all, a million lines or a hundred million characters, so that a text of
 * 1,000 lines is read 1,000 times, and the sizes take turns. What counts is the processor time of the whole process, the collector's
 * included, because other work on the machine does not change it much.
 */
public final class ScaleBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 9);
    private static final int WARM_UP = 3;
    private static final int MILLION = 1_000_000;
    private static final List<Integer> LINES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> CHARACTERS = List.of(1_000, 100_000, 10_000_000);

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private Object kept = "";

    private ScaleBenchmark() {}

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) {
        ScaleBenchmark benchmark = new ScaleBenchmark();
        benchmark.run(".env, lines", DotEnv::parse, MILLION, LINES, ScaleBenchmark::variables);
        benchmark.run("Procfile, lines", Procfile::parse, MILLION, LINES, ScaleBenchmark::entries);
        benchmark.run("split loop into a map, lines", ScaleBenchmark::split, MILLION, LINES, ScaleBenchmark::variables);
        benchmark.run(
                ".env, one line",
                DotEnv::parse,
                100 * MILLION,
                CHARACTERS,
                length -> "A=" + "b c#d ".repeat(length / 6) + "\n");
        benchmark.run(
                "Procfile, one line",
                Procfile::parse,
                100 * MILLION,
                CHARACTERS,
                length -> "web: " + "a 'b' ".repeat(length / 6) + "\n");
        System.out.println("last result: " + benchmark.kept.getClass().getSimpleName());
    }

    private static String variables(int count) {
        return lines(count, i -> "VARIABLE_" + i + "=postgres://user:secret@database.example.com/" + i + "\n");
    }

    private static String entries(int count) {
        return lines(count, i -> "type-" + i + ": exec node server.js --port $PORT --n " + i + "\n");
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    /** The floor of anything that ends in a map. */
    private static Object split(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int sign = line.indexOf('=');
            if (sign > 0) {
                values.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return values;
    }

    private void run(
            String name, Function<String, Object> reader, int total, List<Integer> sizes, IntFunction<String> textOf) {
        List<String> texts = sizes.stream().map(textOf::apply).toList();
        List<List<Double>> costs =
                sizes.stream().<List<Double>>map(size -> new ArrayList<>()).toList();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < sizes.size(); i++) {
                double cost = cost(reader, texts.get(i), total / sizes.get(i));
                if (round >= 0) {
                    costs.get(i).add(cost);
                }
            }
        }
        double first = median(costs.get(0));
        for (int i = 0; i < sizes.size(); i++) {
            double cost = median(costs.get(i));
            System.out.printf(
                    "%-30s %,11d %6.2f ns/character, %.2f of the smallest%n", name, sizes.get(i), cost, cost / first);
        }
    }

    private double cost(Function<String, Object> reader, String text, int times) {
        System.gc();
        long start = system.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            kept = reader.apply(text);
        }
        return (double) (system.getProcessCpuTime() - start) / times / text.length();
    }

    private static double median(List<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
