package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.Persistence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * B14: a journal of a gigabyte that is damaged in turn in the ways that disks and people do it; each time it must open, say
 * what it lost, and show recent lines. The clock runs from the first call to the lines.
 */
final class CorruptJournalBar implements Bar {
    private static final long GIGABYTE = 1_000_000_000;
    private static final int CHUNK = 600;
    private static final double MOST_SECONDS = 1;

    /** Something that happens to a file. */
    private interface Damage {
        void to(Path segment, long size) throws IOException;
    }

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(bench.file("journal"));
        write(directory, GIGABYTE);
        double undamaged = open(directory, false);
        List<Damage> damages = List.of(
                (segment, size) -> overwrite(segment, size / 2, 4096),
                (segment, size) -> truncate(segment, size / 2),
                (segment, size) -> overwrite(segment, 0, 4096),
                (segment, size) -> truncate(segment, 0),
                (segment, size) -> overwrite(segment, 0, (int) size));
        List<Double> seconds = new ArrayList<>();
        for (Damage damage : damages) {
            Path last = lastSegment(directory);
            damage.to(last, Files.size(last));
            seconds.add(open(directory, true));
            write(directory, GIGABYTE / 20);
        }
        double worst = seconds.stream().max(Double::compare).orElseThrow();
        bench.row(
                "B14",
                text(
                        "starts and says what was cut, %d kinds of damage; worst %.2f s, median %.2f s (undamaged %.2f s)",
                        damages.size(), worst, Figures.median(seconds), undamaged),
                "always starts, says what was cut, <= 1 s with 1 GB",
                worst <= MOST_SECONDS);
    }

    private static Logplex logplex(Path directory) {
        return Logplex.builder()
                .journal(directory, Persistence.process())
                .journalBytes(2 * GIGABYTE)
                .build();
    }

    private static void write(Path directory, long bytes) {
        byte[] chunk = ("x".repeat(99) + "\n").repeat(CHUNK).getBytes(US_ASCII);
        try (Logplex logplex = logplex(directory)) {
            try (LogSource source = logplex.open(OneStream.APP, LogOrigin.app("web.1"))) {
                for (long left = bytes; left > 0; left -= chunk.length) {
                    source.write(ByteBuffer.wrap(chunk));
                }
            }
        }
    }

    /** Opens the journal and reads what an operator would; returns how long that took. */
    private static double open(Path directory, boolean damaged) {
        long start = System.nanoTime();
        try (Logplex logplex = logplex(directory)) {
            List<LogEntry> recent =
                    logplex.channel(OneStream.APP).recent(LogQuery.all().last(100));
            double seconds = Figures.seconds(start);
            boolean told = recent.stream().anyMatch(line -> line.text().contains("L15"));
            boolean earlier = recent.stream().anyMatch(line -> line.source().equals("app"));
            if (told != damaged || !earlier) {
                throw new IllegalStateException("damage told: " + told + " (expected: " + damaged + "), "
                        + recent.size() + " recent lines, of earlier runs: " + earlier);
            }
            return seconds;
        }
    }

    private static Path lastSegment(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(OneStream.APP.toString()))) {
            return files.filter(file -> file.getFileName().toString().matches("segment-\\d+-\\d+"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static void overwrite(Path file, long from, int bytes) throws IOException {
        byte[] garbage = "garbage ".repeat(bytes / 8).getBytes(US_ASCII);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(garbage), from);
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
