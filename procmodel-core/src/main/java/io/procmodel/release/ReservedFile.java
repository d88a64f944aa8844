package io.procmodel.release;

import java.io.IOException;
import java.util.Arrays;

/**
 * A file that keeps zeros behind its end while it is open, so that what is appended overwrites them: a sync is cheaper when
 * the file does not grow with it. Its end is where its last byte is that is not zero, which what it holds never ends with.
 * One thread at a time may change it; any number may read.
 */
final class ReservedFile implements LedgerFile {
    private static final int SMALLEST_RESERVE = 4 * 1024;
    private static final int LARGEST_RESERVE = 1024 * 1024;
    private static final int BLOCK = 8 * 1024;

    private final LedgerFile file;
    private volatile long length;
    private long reserved;

    private ReservedFile(LedgerFile file, long length, long reserved) {
        this.file = file;
        this.length = length;
        this.reserved = reserved;
    }

    /** A file that was perhaps left without being closed, with zeros behind its end. */
    static ReservedFile over(LedgerFile file) throws IOException {
        long whole = file.length();
        return new ReservedFile(file, withoutZeros(file, whole), whole);
    }

    private static long withoutZeros(LedgerFile file, long whole) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long end = whole; end > 0; end -= Math.min(BLOCK, end)) {
            long start = Math.max(0, end - BLOCK);
            for (int i = file.read(start, block, 0, (int) (end - start)); i > 0; i--) {
                if (block[i - 1] != 0) {
                    return start + i;
                }
            }
        }
        return 0;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int wanted) throws IOException {
        long there = Math.max(0, length - position);
        return file.read(position, target, offset, (int) Math.min(wanted, there));
    }

    /** The zeros go with the bytes; a disk without room for them may still have room for those. */
    @Override
    public void write(long position, byte[] bytes) throws IOException {
        long end = position + bytes.length;
        if (end <= reserved) {
            file.write(position, bytes);
        } else {
            int reserve = (int) Math.min(Math.max(length, SMALLEST_RESERVE), LARGEST_RESERVE);
            writeWithReserve(position, bytes, reserve);
        }
        length = Math.max(length, end);
    }

    private void writeWithReserve(long position, byte[] bytes, int reserve) throws IOException {
        long end = position + bytes.length;
        try {
            file.write(position, Arrays.copyOf(bytes, bytes.length + reserve));
            reserved = end + reserve;
        } catch (IOException e) {
            file.truncate(length);
            reserved = length;
            file.write(position, bytes);
            reserved = end;
        }
    }

    @Override
    public void truncate(long shorter) throws IOException {
        file.truncate(shorter);
        length = shorter;
        reserved = shorter;
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (reserved > length) {
                file.truncate(length);
            }
        }
    }
}
