package io.procmodel.logplex.journal;

import io.procmodel.logplex.line.LineCutter;
import io.procmodel.logplex.ring.LineStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Opens a journal in whatever state its files are. What cannot be read is put aside and reported, never a reason not to
 * start. Only the last segment is read through; it says how each source stood when the process ended.
 */
public final class JournalRecovery {
    private static final long LEFT_PATIENCE_MILLIS = 30_000;
    private static final long POLL_MILLIS = 5;

    private final Path directory;
    private final JournalLimits limits;
    private final Journal journal;
    private final List<String> damage = new ArrayList<>();
    private final List<SegmentReader> segments = new ArrayList<>();
    private Map<Long, SourceState> open = Map.of();
    private long generation;
    private long lastMicros = Long.MIN_VALUE;

    private JournalRecovery(Path directory, JournalLimits limits, boolean syncs) {
        this.directory = directory;
        this.limits = limits;
        this.journal = new Journal(directory, limits, syncs);
    }

    /**
     * Opens a journal, or makes one.
     *
     * @throws IOException if the directory can be neither read nor made
     */
    public static JournalRecovery open(Path directory, JournalLimits limits, boolean syncs) throws IOException {
        Files.createDirectories(directory);
        JournalRecovery recovery = new JournalRecovery(directory, limits, syncs);
        recovery.openSegments();
        recovery.scanLast();
        return recovery;
    }

    /** The journal. */
    public Journal journal() {
        return journal;
    }

    /** What was damaged, for people to read. */
    public List<String> damage() {
        return damage;
    }

    /** The time of the latest line that was found. */
    public long lastMicros() {
        return lastMicros;
    }

    /**
     * Ends the sources of the process that is gone: what they had begun to say, and what was read or left behind, becomes
     * lines. Interrupted at any point, it can be done again.
     */
    public void endSources(LineStream stream) {
        List<JournalSource> sources = new ArrayList<>();
        for (SourceState state : open.values()) {
            sources.add(journal.reopen(
                    state, new LineCutter(limits.maxLineBytes(), lines -> stream.append(state.origin(), lines))));
        }
        awaitLeftovers();
        for (JournalSource source : sources) {
            byte[] staged = staged(source);
            byte[] left = leftovers(source);
            stream.inOnePiece(() -> {
                source.cutter().write(ByteBuffer.wrap(staged));
                source.cutter().write(ByteBuffer.wrap(left));
                source.cutter().end();
                source.close();
            });
        }
        files("stage-").forEach(JournalRecovery::deleteQuietly);
    }

    private void openSegments() {
        for (Path file : files("segment-")) {
            generation = Math.max(generation, generationOf(file));
            try {
                segments.add(SegmentReader.ofFound(Segment.open(file)));
            } catch (IOException | RuntimeException e) {
                damage.add(String.valueOf(e.getMessage()));
                putAside(file);
            }
        }
    }

    private void scanLast() {
        long nextSeq = 1;
        long nextSource = 1;
        if (!segments.isEmpty()) {
            SegmentReader.Found found = segments.get(segments.size() - 1).scan();
            nextSeq = found.nextSeq();
            nextSource = found.highestSource() + 1;
            lastMicros = found.lastMicros();
            open = new TreeMap<>(found.open());
            if (!found.damage().isEmpty()) {
                damage.add(found.damage());
            }
        }
        for (Path file : files(DrainPosition.PREFIX)) {
            nextSeq = Math.max(nextSeq, savedIn(file));
        }
        for (Path file : files("stage-")) {
            nextSource = Math.max(nextSource, sourceOf(file) + 1);
        }
        journal.resume(segments, nextSeq, nextSource, generation);
    }

    private byte[] staged(JournalSource source) {
        try {
            Path file = directory.resolve("stage-" + source.id());
            if (Files.exists(file)) {
                Stage stage = Stage.open(file);
                return stage.number() > source.stageNumber() ? stage.content() : new byte[0];
            }
        } catch (IOException | RuntimeException e) {
            damage.add("stage-" + source.id() + ": " + e.getMessage());
        }
        return new byte[0];
    }

    private byte[] leftovers(JournalSource source) {
        try {
            byte[] left = Stage.contentOf(directory.resolve("stage-" + source.id() + JournalSource.LEFT));
            return left.length > 0
                    ? left
                    : Stage.contentOf(directory.resolve("stage-" + source.id() + JournalSource.PART));
        } catch (IOException e) {
            damage.add("stage-" + source.id() + JournalSource.LEFT + ": " + e.getMessage());
            return new byte[0];
        }
    }

    /**
     * Those who save what a dead process had not read may still be at it, or, on a busy machine, not even have begun. They
     * end soon after the dynos do.
     */
    private void awaitLeftovers() {
        long deadline = System.nanoTime() + LEFT_PATIENCE_MILLIS * 1_000_000;
        try {
            while (System.nanoTime() < deadline && open.keySet().stream().anyMatch(this::isBeingSaved)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBeingSaved(long source) {
        return Files.exists(directory.resolve("stage-" + source + JournalSource.PART)) && isAlive(saver(source));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private long saver(long source) {
        try {
            return number(Files.readString(directory.resolve("stage-" + source + JournalSource.SAVER))
                    .strip());
        } catch (IOException e) {
            return 0;
        }
    }

    private long savedIn(Path file) {
        try {
            return DrainPosition.open(file).load().orElse(0);
        } catch (IOException | RuntimeException e) {
            damage.add(file.getFileName() + ": " + e.getMessage());
            putAside(file);
            return 0;
        }
    }

    private List<Path> files(String prefix) {
        Predicate<Path> wanted = file -> file.getFileName().toString().startsWith(prefix)
                && !file.getFileName().toString().endsWith(".corrupt");
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(wanted).sorted().toList();
        } catch (IOException e) {
            damage.add(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private void putAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".corrupt"));
        } catch (IOException e) {
            damage.add(String.valueOf(e.getMessage()));
        }
    }

    private static long generationOf(Path segment) {
        String name = segment.getFileName().toString();
        return number(name.substring(name.lastIndexOf('-') + 1));
    }

    private static long sourceOf(Path stage) {
        return number(stage.getFileName().toString().replaceAll("^stage-|\\..*$", ""));
    }

    private static long number(String digits) {
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next open tries again.
            return;
        }
    }
}
