package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import java.io.IOException;

/** B3: lines that come one by one, beside {@code wc -l}. */
final class LinesBar implements Bar {
    private static final int[] PIPES = {1, 10, 100};
    private static final double[] OF_WORD_COUNT = {0.90, 0.90, 0.65};
    private static final long LINES = 1_000_000;

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        for (int i = 0; i < PIPES.length; i++) {
            PipeRace race = new PipeRace(bench, CountingPrograms.wordCount()).run(PIPES[i], LINES, "line");
            double ratio = race.ratio("wc -l");
            bench.row(
                    "B3 N=" + PIPES[i],
                    text("%.2f (%.2f of %.2f M lines/s)", ratio, race.rate("logplex"), race.rate("wc -l")),
                    text(">= %.2f of wc -l", OF_WORD_COUNT[i]),
                    ratio >= OF_WORD_COUNT[i]);
        }
    }
}
