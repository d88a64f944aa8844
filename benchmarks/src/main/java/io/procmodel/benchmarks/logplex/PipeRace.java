package io.procmodel.benchmarks.logplex;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Readers of the same pipes in turn. The clock runs from the moment when all pipes are open at both ends, so no start of a
 * process is in it, to the last line. Two rounds warm up and do not count; the order changes from round to round.
 */
final class PipeRace {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int WARM_UP = 2;

    private final Bench bench;
    private final List<PipeReader> readers;
    private final Path generator;
    private final Map<String, List<Double>> rates = new HashMap<>();
    private final List<Double> cpu = new ArrayList<>();

    /** A race of these baselines against logplex. */
    PipeRace(Bench bench, PipeReader... baselines) throws IOException, InterruptedException {
        this.bench = bench;
        this.generator = bench.compile("generator");
        this.readers = new ArrayList<>(List.of(baselines));
        readers.add(new OneStream());
    }

    /** Runs all rounds. */
    PipeRace run(int pipes, long lines, String mode) throws IOException, InterruptedException {
        readers.forEach(reader -> rates.put(reader.name(), new ArrayList<>()));
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            for (PipeReader reader : readers) {
                double cpuBefore = Figures.cpuSeconds();
                double rate = rate(reader, pipes, lines / pipes, mode);
                if (round >= WARM_UP) {
                    rates.get(reader.name()).add(rate);
                    if (reader instanceof OneStream) {
                        cpu.add((Figures.cpuSeconds() - cpuBefore) / (lines / Figures.MILLION));
                    }
                }
            }
            Collections.reverse(readers);
        }
        return this;
    }

    /** Lines per second, in millions; the median. */
    double rate(String reader) {
        return Figures.median(rates.get(reader));
    }

    /** How fast logplex was against a baseline in the same round; the median of the rounds. */
    double ratio(String baseline) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(rates.get("logplex").get(round) / rates.get(baseline).get(round));
        }
        return Figures.median(ratios);
    }

    /** Seconds of CPU that logplex took for a million lines; the median. */
    double cpu() {
        return Figures.median(cpu);
    }

    private double rate(PipeReader reader, int count, long lines, String mode)
            throws IOException, InterruptedException {
        List<Path> pipes = bench.pipes(count);
        List<String> command = Bench.command(generator.toString(), pipes);
        command.addAll(1, List.of(String.valueOf(lines), mode));
        try (PipeReader.Reading reading = reader.start(pipes)) {
            Process writers = new ProcessBuilder(command).start();
            BufferedReader ready = writers.inputReader(StandardCharsets.US_ASCII);
            ready.readLine();
            long start = System.nanoTime();
            try (OutputStream gate = writers.getOutputStream()) {
                gate.write('\n');
            }
            long seen = reading.await();
            double seconds = Figures.seconds(start);
            writers.waitFor();
            Bench.expect(reader.name() + " lines", seen, lines * count);
            return lines * count / seconds / Figures.MILLION;
        } finally {
            Bench.remove(pipes);
        }
    }
}
