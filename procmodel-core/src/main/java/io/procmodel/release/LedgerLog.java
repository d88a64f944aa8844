package io.procmodel.release;

import com.google.common.hash.HashCode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open log file: appends payloads as frames, many with one sync, and reads them back. One thread at a time may append;
 * any number may read what was appended.
 */
final class LedgerLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerLog.class);

    private final Path path;
    private final LedgerFile file;
    private final MarkFile marks;
    private volatile Position last;
    private boolean marksFailed;
    private volatile @Nullable Throwable failure;

    LedgerLog(Path path, LedgerFile file, MarkFile marks, LogScan.End at) {
        this.path = path;
        this.file = file;
        this.marks = marks;
        this.last = new Position(at.sequence(), at.offset(), at.hash());
    }

    /** The last durable frame: its sequence, the offset behind it and its hash. */
    private record Position(long sequence, long end, HashCode hash) {}

    /** Behind the last durable frame. */
    long end() {
        return last.end;
    }

    /** Why nothing can be appended any more, or empty while something can. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Appends payloads and syncs once.
     *
     * @return the offset of each payload's frame
     * @throws IOException if they are not durable; then none of them is in the log, or {@link #failure} is set
     */
    long[] append(List<byte[]> payloads) throws IOException {
        Position before = last;
        Position after = before;
        long[] offsets = new long[payloads.size()];
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = after.end;
            byte[] frame = new Frame(after.sequence + 1, before.sequence, after.hash, payloads.get(i)).encode();
            batch.writeBytes(frame);
            after = new Position(after.sequence + 1, after.end + frame.length, Frame.hash(frame, 0, frame.length));
        }
        writeAndSync(before.end, batch.toByteArray());
        last = after;
        acknowledge(after);
        return offsets;
    }

    private void writeAndSync(long end, byte[] batch) throws IOException {
        try {
            file.write(end, batch);
        } catch (IOException | RuntimeException e) {
            takeBack(end).ifPresent(suppressed -> {
                e.addSuppressed(suppressed);
                failure = e;
            });
            throw e;
        }
        try {
            file.force();
        } catch (IOException | RuntimeException e) {
            failure = e; // after a failed sync nobody knows which of the written pages will ever reach the disk
            takeBack(end).ifPresent(e::addSuppressed);
            throw e;
        }
    }

    private Optional<Exception> takeBack(long end) {
        try {
            file.truncate(end);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private void acknowledge(Position position) {
        try {
            marks.write(new AcknowledgedMark(position.sequence, position.end, position.hash));
        } catch (IOException e) {
            if (!marksFailed) {
                LOG.warn("cannot note beside {} how far it is synced; the records themselves are safe", path, e);
            }
            marksFailed = true;
        }
    }

    /** The payload of the frame at {@code offset}, or empty if the frame is not as it was written. */
    Optional<byte[]> read(long offset) throws IOException {
        byte[] header = new byte[Frame.HEADER];
        int size = file.read(offset, header, 0, header.length) < header.length ? 0 : Frame.size(header, 0);
        byte[] frame = new byte[size];
        if (size == 0 || file.read(offset, frame, 0, size) < size || !Frame.isSound(frame, 0, size)) {
            return Optional.empty();
        }
        return Optional.of(Frame.decode(frame, 0, size).payload());
    }

    /** Reads the log again up to {@code upTo} and checks every frame. */
    LogScan.End scan(long upTo, LogScan.Visitor visitor) throws IOException {
        return new LogScan(file, upTo).run(visitor);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            marks.close();
        }
    }
}
