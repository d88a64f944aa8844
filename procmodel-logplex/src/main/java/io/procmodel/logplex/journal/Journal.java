package io.procmodel.logplex.journal;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import io.procmodel.logplex.line.LineCutter;
import io.procmodel.logplex.ring.Backlog;
import io.procmodel.logplex.ring.LineBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one app on the disk, in segments of which the oldest go when there are too many bytes. Writing happens under
 * the stream's lock; reading from any thread. When the disk fails, the journal ends and the stream goes on without it.
 */
public final class Journal implements Backlog {
    private final Path directory;
    private final JournalLimits limits;
    private final boolean syncs;
    private final List<SegmentReader> segments = new CopyOnWriteArrayList<>();
    private final JournalRecord record = new JournalRecord();
    private final Map<LogOrigin, Integer> numbers = new HashMap<>();
    private final Map<Long, JournalSource> open = new LinkedHashMap<>();
    private volatile @Nullable SegmentReader current;
    private long generation;
    private long nextSource = 1;
    private long nextSeq = 1;
    private volatile @Nullable String failure;
    private volatile boolean dirty;

    Journal(Path directory, JournalLimits limits, boolean syncs) {
        this.directory = directory;
        this.limits = limits;
        this.syncs = syncs;
    }

    /** The number of the next line. */
    public long nextSeq() {
        return nextSeq;
    }

    /** Opens a source that survives the process. Under the stream's lock. */
    public JournalSource open(LogOrigin origin, LineCutter cutter) {
        JournalSource source = new JournalSource(this, nextSource++, origin, cutter);
        open.put(source.id(), source);
        return source;
    }

    @Override
    public void append(long firstSeq, long micros, LogOrigin origin, CutLines lines) {
        record.add(firstSeq, micros, lines);
        nextSeq = firstSeq + lines.size();
    }

    @Override
    public long first() {
        Iterator<SegmentReader> oldest = segments.iterator();
        return oldest.hasNext() ? oldest.next().segment().firstSeq() : Long.MAX_VALUE;
    }

    @Override
    public void copy(long from, long to, LineBatch batch) {
        batch.startAt(to);
        List<SegmentReader> all = List.copyOf(segments);
        for (int i = 0; i < all.size() && batch.size() == 0; i++) {
            boolean later = i + 1 < all.size() && all.get(i + 1).segment().firstSeq() <= from;
            if (!later && all.get(i).segment().firstSeq() < to) {
                all.get(i).copy(from, to, batch);
            }
        }
    }

    /** Whether something went wrong that nobody has asked for yet. */
    public boolean hasFailed() {
        return failure != null;
    }

    /** What went wrong since this was asked last. */
    public synchronized Optional<String> takeFailure() {
        Optional<String> taken = Optional.ofNullable(failure);
        failure = null;
        return taken;
    }

    /** Bytes that it takes at most, as far as they are used. */
    public long bytes() {
        long bytes = 0;
        for (SegmentReader reader : segments) {
            bytes += reader.segment().end();
        }
        return bytes;
    }

    /** Forces what was written to the disk, if something was. */
    public void force() {
        SegmentReader written = current;
        if (dirty && written != null) {
            dirty = false;
            written.segment().force();
        }
    }

    /** Where the position of a drain is kept. */
    public DrainPosition position(String token) throws IOException {
        return DrainPosition.open(directory, token);
    }

    /** A file of this journal's directory. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Takes over what a recovery has found. */
    void resume(List<SegmentReader> found, long next, long source, long lastGeneration) {
        segments.addAll(found);
        nextSeq = next;
        nextSource = source;
        generation = lastGeneration;
    }

    /** A source as a recovery has found it, still to be ended. */
    JournalSource reopen(SourceState state, LineCutter cutter) {
        cutter.resume(state.pending(), state.lineBegun());
        JournalSource source = new JournalSource(this, state.id(), state.origin(), cutter);
        source.resume(state.stage());
        open.put(source.id(), source);
        return source;
    }

    /** Writes what was appended since the last call as one record of a source. */
    void commit(JournalSource source, int flags, int pendingFrom) {
        try {
            SegmentReader reader = current;
            if (reader == null || !write(reader, source, flags, pendingFrom)) {
                roll(source, flags);
            }
            dirty = true;
            if (syncs) {
                force();
            }
        } catch (IOException | InternalError e) {
            // A full disk shows as an internal error where a mapped file is written.
            fail(String.valueOf(e.getMessage()));
        } finally {
            record.clear();
        }
    }

    boolean hasLines() {
        return record.hasLines();
    }

    void closed(JournalSource source) {
        open.remove(source.id());
    }

    private boolean write(SegmentReader reader, JournalSource source, int flags, int pendingFrom) {
        long seq = record.firstSeq(nextSeq);
        return write(reader, record, source, flags, pendingFrom, seq);
    }

    private boolean write(
            SegmentReader reader, JournalRecord made, JournalSource source, int flags, int pendingFrom, long seq) {
        Segment segment = reader.segment();
        Integer number = numbers.get(source.origin());
        if (number == null) {
            number = numbers.size();
            if (!segment.append(made.defining(number, source.origin()), seq)) {
                return false;
            }
            numbers.put(source.origin(), number);
            reader.defined(number, source.origin());
        }
        return segment.append(
                made.finish(seq, source.id(), source.stageNumber(), number, flags, source.cutter(), pendingFrom), seq);
    }

    /**
     * Begins another segment with the record at hand. It appears under its name when it also says how each other source
     * stands, so that what comes before it is never needed to go on.
     */
    private void roll(JournalSource source, int flags) throws IOException {
        if (current != null && limits.forces()) {
            current.segment().force();
        }
        long seq = record.firstSeq(nextSeq);
        Path unfinished = directory.resolve("unfinished");
        Files.deleteIfExists(unfinished);
        Segment segment = Segment.create(unfinished, seq, limits.segmentBytes());
        SegmentReader reader = SegmentReader.ofWritten(segment);
        numbers.clear();
        boolean fits = write(reader, source, flags | JournalRecord.REPLACES_PENDING, 0);
        JournalRecord snapshot = new JournalRecord();
        for (JournalSource other : open.values()) {
            if (other != source) {
                int state = other.flags() | JournalRecord.REPLACES_PENDING;
                fits &= write(reader, snapshot, other, state, 0, record.endSeq(nextSeq));
            }
        }
        if (!fits) {
            throw new IOException("what is open does not fit a segment of " + limits.segmentBytes() + " bytes");
        }
        segment.moveTo(directory.resolve(String.format("segment-%020d-%06d", seq, ++generation)));
        current = reader;
        segments.add(reader);
        forgetOldest();
    }

    private void forgetOldest() throws IOException {
        List<Path> gone = new ArrayList<>();
        while (segments.size() > 1 && (long) segments.size() * limits.segmentBytes() > limits.totalBytes()) {
            gone.add(segments.remove(0).segment().file());
        }
        for (Path file : gone) {
            Files.deleteIfExists(file);
        }
    }

    private synchronized void fail(String reason) {
        failure = reason;
        current = null;
        segments.clear();
        open.values().forEach(JournalSource::abandon);
    }
}
