package io.procmodel.release;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the latest {@link AcknowledgedMark} in two slots that are written in turn, so that a damaged one leaves the one
 * before it. It is not synced on each write: the operating system keeps it when the process dies, and after a power cut an
 * older mark says less but nothing wrong. Not thread-safe.
 */
final class MarkFile implements Closeable {
    private static final int SLOT = 64;

    private final LedgerFile file;
    private int next;
    private long highest;

    private MarkFile(LedgerFile file) {
        this.file = file;
    }

    static MarkFile over(LedgerFile file) {
        return new MarkFile(file);
    }

    /** The latest mark that is intact, or empty if there is none. */
    Optional<AcknowledgedMark> read() throws IOException {
        byte[] bytes = new byte[2 * SLOT];
        file.read(0, bytes, 0, bytes.length);
        Optional<AcknowledgedMark> first = AcknowledgedMark.decode(bytes, 0);
        Optional<AcknowledgedMark> second = AcknowledgedMark.decode(bytes, SLOT);
        boolean firstIsLatest = sequence(first) > sequence(second);
        next = firstIsLatest ? 1 : 0;
        highest = Math.max(sequence(first), sequence(second));
        return firstIsLatest ? first : second;
    }

    void write(AcknowledgedMark mark) throws IOException {
        writeNext(mark);
        if (mark.sequence() <= highest) {
            writeNext(mark); // the log was cut and goes on: an older mark must not outrank the new one
        }
        highest = mark.sequence();
    }

    private void writeNext(AcknowledgedMark mark) throws IOException {
        file.write((long) next * SLOT, mark.encode());
        next = 1 - next;
    }

    private static long sequence(Optional<AcknowledgedMark> mark) {
        return mark.map(AcknowledgedMark::sequence).orElse(0L);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            file.force();
        }
    }
}
