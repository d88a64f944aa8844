package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * B5: programs that run processes and render their lines into a file, in turn; the processes write line by line. The clock
 * runs from the first byte of the file to the last line, so that no program's start is in it. The first round warms up
 * the machine, not the programs: each run is a new process.
 */
final class PeersBar implements Bar {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);

    private final int processes;

    PeersBar(int processes) {
        this.processes = processes;
    }

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        List<Peer> peers = new ArrayList<>();
        Path speaker = bench.compile("speaker");
        peers.add(Peer.logplex(bench, speaker));
        addIfThere(peers, () -> Peer.foreman(bench, speaker));
        addIfThere(peers, () -> Peer.nodeForeman(bench, speaker));
        addIfThere(peers, () -> Peer.concurrently(bench, speaker));
        compare(bench, peers);
    }

    private interface Finding {
        Peer find() throws IOException, InterruptedException;
    }

    private static void addIfThere(List<Peer> peers, Finding finding) throws IOException, InterruptedException {
        try {
            peers.add(finding.find());
        } catch (MissingProgramException e) {
            System.out.println("| B5 | | SKIPPED: there is no " + e.getMessage() + " here | |");
        }
    }

    private void compare(Bench bench, List<Peer> peers) throws IOException, InterruptedException {
        Map<Peer, List<Double>> rates = new LinkedHashMap<>();
        Map<Peer, Long> broken = new LinkedHashMap<>();
        List<Peer> order = new ArrayList<>(peers);
        for (int round = 0; round <= ROUNDS; round++) {
            for (Peer peer : order) {
                Path output = bench.file("output");
                double rate = new RenderedRun(peer, processes, output).rate();
                System.out.println(
                        text("(%s, %d processes, round %d: %.3f M lines/s)", peer.name(), processes, round, rate));
                broken.merge(peer, RenderedRun.broken(output, peer.lines(processes)), Long::sum);
                Files.delete(output);
                if (round > 0) {
                    rates.computeIfAbsent(peer, any -> new ArrayList<>()).add(rate);
                }
            }
            Collections.reverse(order);
        }
        report(bench, peers, rates, broken);
    }

    private void report(Bench bench, List<Peer> peers, Map<Peer, List<Double>> rates, Map<Peer, Long> broken) {
        Peer logplex = peers.get(0);
        for (Peer peer : peers.subList(1, peers.size())) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                ratios.add(rates.get(logplex).get(round) / rates.get(peer).get(round));
            }
            double ratio = Figures.median(ratios);
            bench.row(
                    "B5 " + peer.name() + " N=" + processes,
                    text(
                            "%.1f times (%.3f of %.3f M lines/s; broken lines %d, theirs %d)",
                            ratio,
                            Figures.median(rates.get(logplex)),
                            Figures.median(rates.get(peer)),
                            broken.get(logplex),
                            broken.get(peer)),
                    text(">= %.1f times, 0 broken", peer.target()),
                    ratio >= peer.target() && broken.get(logplex) == 0);
        }
    }
}
