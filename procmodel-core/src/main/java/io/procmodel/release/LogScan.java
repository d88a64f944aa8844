package io.procmodel.release;

import com.google.common.hash.HashCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a log from its first frame up to a given end, checking each frame and that it follows the one before. Stops at the
 * first that is not as it was written.
 */
final class LogScan {
    private static final int WINDOW = 1 << 20;

    private final LedgerFile file;
    private final long end;
    private byte[] window = new byte[0];
    private long windowStart;
    private int windowLength;

    LogScan(LedgerFile file, long end) {
        this.file = file;
        this.end = end;
    }

    /** Gets each sound frame, in order; its complaint ends the scan at that frame. */
    interface Visitor {
        Optional<String> visit(StoredFrame frame) throws IOException;
    }

    /**
     * Where a scan ended.
     *
     * @param sequence of the last good frame, 0 for none
     * @param offset behind the last good frame
     * @param hash of the last good frame, or of the file's header
     * @param flaw what stopped the scan before the end, or empty
     */
    record End(long sequence, long offset, HashCode hash, Optional<Flaw> flaw) {}

    /** What is wrong with the frame at which a scan stopped. */
    record Flaw(Kind kind, String problem) {}

    /** Whether a crash can explain a flaw. */
    enum Kind {
        /** The bytes of a frame are incomplete or not those that were written: a torn write, or damage. */
        UNSOUND,
        /** A sound frame says something that it cannot say at this place: no crash does that. */
        WRONG
    }

    End run(Visitor visitor) throws IOException {
        End at = new End(0, Frame.FILE_HEADER.length, Frame.hashOfFileHeader(), Optional.empty());
        byte[] header = new byte[Frame.FILE_HEADER.length];
        file.read(0, header, 0, header.length);
        if (!Arrays.equals(header, Frame.FILE_HEADER)) {
            return stop(at, Kind.WRONG, "the file does not begin as a release ledger does");
        }
        while (at.offset < end && at.flaw.isEmpty()) {
            at = step(at, visitor);
        }
        return at;
    }

    private End step(End at, Visitor visitor) throws IOException {
        int size = soundSize(at.offset);
        if (size == 0) {
            return stop(at, Kind.UNSOUND, "the record is cut short or its checksum does not match");
        }
        int start = (int) (at.offset - windowStart);
        Frame frame = Frame.decode(window, start, size);
        if (frame.sequence() != at.sequence + 1) {
            return stop(at, Kind.WRONG, "here is record " + frame.sequence() + ": records were removed or moved");
        }
        if (!frame.previous().equals(at.hash)) {
            return stop(at, Kind.WRONG, "it does not follow the record before it: one of the two was replaced");
        }
        HashCode hash = Frame.hash(window, start, size);
        Optional<String> complaint = visitor.visit(new StoredFrame(at.offset, frame, hash));
        return complaint.isPresent()
                ? stop(at, Kind.WRONG, complaint.get())
                : new End(frame.sequence(), at.offset + size, hash, Optional.empty());
    }

    private static End stop(End at, Kind kind, String problem) {
        return new End(at.sequence, at.offset, at.hash, Optional.of(new Flaw(kind, problem)));
    }

    /**
     * Whether some sound frame behind {@code offset} was written when the frame {@code sequence} was synced already: then
     * what is wrong with that frame is no torn write.
     */
    boolean provesDurable(long sequence, long offset) throws IOException {
        for (long position = offset; position + Frame.HEADER <= end; position++) {
            int size = soundSize(position);
            if (size > 0
                    && Frame.decode(window, (int) (position - windowStart), size)
                                    .durable()
                            >= sequence) {
                return true;
            }
        }
        return false;
    }

    /** The size of the sound frame at {@code position}, which is then in the window, or 0. */
    private int soundSize(long position) throws IOException {
        if (!load(position, Frame.HEADER)) {
            return 0;
        }
        int size = Frame.size(window, (int) (position - windowStart));
        boolean sound = size > 0 && load(position, size) && Frame.isSound(window, (int) (position - windowStart), size);
        return sound ? size : 0;
    }

    private boolean load(long position, int length) throws IOException {
        if (position + length > end) {
            return false;
        }
        if (position < windowStart || position + length > windowStart + windowLength) {
            int wanted = (int) Math.min(Math.max(length, WINDOW), end - position);
            if (window.length < wanted) {
                window = new byte[wanted];
            }
            windowStart = position;
            windowLength = file.read(position, window, 0, wanted);
        }
        return length <= windowLength - (int) (position - windowStart);
    }
}
