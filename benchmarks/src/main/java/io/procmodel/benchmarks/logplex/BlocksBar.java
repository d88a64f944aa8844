package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import java.io.IOException;

/** B1, B2 and B4: lines that come in blocks of 64 KiB, beside {@code wc -l} and a reader in C. */
final class BlocksBar implements Bar {
    private static final double OF_EPOLL = 0.65;
    private static final double CPU_SECONDS = 0.08;
    private static final long LINES = Long.getLong("lines", 6_000_000);

    private final int pipes;
    private final double ofWordCount;

    BlocksBar(int pipes, double ofWordCount) {
        this.pipes = pipes;
        this.ofWordCount = ofWordCount;
    }

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        PipeRace race = new PipeRace(bench, CountingPrograms.wordCount(), CountingPrograms.epoll(bench));
        report(bench, race.run(pipes, LINES, "block"));
    }

    private void report(Bench bench, PipeRace race) {
        double wc = race.ratio("wc -l");
        double epoll = race.ratio("C epoll");
        bench.row(
                "B1 N=" + pipes,
                text("%.2f (%.1f of %.1f M lines/s)", wc, race.rate("logplex"), race.rate("wc -l")),
                text(">= %.2f of wc -l", ofWordCount),
                wc >= ofWordCount);
        bench.row(
                "B2 N=" + pipes,
                text("%.2f (%.1f of %.1f M lines/s)", epoll, race.rate("logplex"), race.rate("C epoll")),
                text(">= %.2f of C epoll", OF_EPOLL),
                epoll >= OF_EPOLL);
        bench.row(
                "B4 N=" + pipes,
                text("%.3f s", race.cpu()),
                text("<= %.2f s of CPU per million lines", CPU_SECONDS),
                race.cpu() <= CPU_SECONDS);
    }
}
