package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import java.io.IOException;

/** B3: lines that come one by one, beside {@code wc -l}. */
final class LinesBar implements Bar {
    private static final long LINES = 1_000_000;

    private final int pipes;
    private final double ofWordCount;

    LinesBar(int pipes, double ofWordCount) {
        this.pipes = pipes;
        this.ofWordCount = ofWordCount;
    }

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        PipeRace race = new PipeRace(bench, CountingPrograms.wordCount()).run(pipes, LINES, "line");
        double ratio = race.ratio("wc -l");
        bench.row(
                "B3 N=" + pipes,
                text("%.2f (%.2f of %.2f M lines/s)", ratio, race.rate("logplex"), race.rate("wc -l")),
                text(">= %.2f of wc -l", ofWordCount),
                ratio >= ofWordCount);
    }
}
