package io.procmodel.benchmarks.logplex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One run of a {@link Peer}, ended when its output has been complete for a while. */
final class RenderedRun {
    private static final int LINE_BYTES = 100;
    private static final double QUIET_SECONDS = 0.4;
    private static final double MISSING_SECONDS = 3;
    private static final double PATIENCE_SECONDS = 40;
    private static final Pattern SAID = Pattern.compile("[^x]*x+.*");
    private static final Pattern WHOLE = Pattern.compile("[^x]*x{99}(\u001b\\[[0-9;]*m)*");

    private final Peer peer;
    private final int processes;
    private final Path output;

    RenderedRun(Peer peer, int processes, Path output) {
        this.peer = peer;
        this.processes = processes;
        this.output = output;
    }

    /** Lines per second, in millions. */
    double rate() throws IOException, InterruptedException {
        Files.createFile(output);
        Process process = new ProcessBuilder(peer.launch().command(processes, output))
                .directory(output.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()))
                .start();
        try {
            return peer.lines(processes) / watch() / Figures.MILLION;
        } finally {
            end(process);
        }
    }

    /** How many lines are not what a process wrote, those that are missing included. */
    static long broken(Path output, int wanted) throws IOException {
        long whole;
        long torn;
        try (Stream<String> lines = Files.lines(output, ISO_8859_1)) {
            whole = lines.filter(line -> WHOLE.matcher(line).matches()).count();
        }
        try (Stream<String> lines = Files.lines(output, ISO_8859_1)) {
            torn = lines.filter(line ->
                            SAID.matcher(line).matches() && !WHOLE.matcher(line).matches())
                    .filter(line -> line.contains("xxxx"))
                    .count();
        }
        return Math.max(torn, Math.abs(wanted - whole));
    }

    /** Seconds from the first byte to the last change. */
    private double watch() throws IOException, InterruptedException {
        long start = System.nanoTime();
        long first = 0;
        long last = start;
        long size = 0;
        long least = (long) peer.lines(processes) * LINE_BYTES;
        while (size < least || Figures.seconds(last) < QUIET_SECONDS || isStillWriting(last)) {
            if (Figures.seconds(start) > PATIENCE_SECONDS) {
                throw new IllegalStateException(peer.name() + " wrote " + size + " bytes (expected: " + least + ")");
            }
            TimeUnit.MILLISECONDS.sleep(1);
            long now = Files.size(output);
            if (now != size) {
                last = System.nanoTime();
                first = size == 0 ? last : first;
                size = now;
            }
        }
        return (last - first) / (Figures.MILLION * 1000);
    }

    /** Lines are missing, perhaps because the program had no processor for a while. */
    private boolean isStillWriting(long last) throws IOException {
        return Figures.seconds(last) < MISSING_SECONDS && broken(output, peer.lines(processes)) > 0;
    }

    private static void end(Process process) throws InterruptedException {
        try (Stream<ProcessHandle> started = process.descendants()) {
            started.toList().forEach(ProcessHandle::destroy);
        }
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
