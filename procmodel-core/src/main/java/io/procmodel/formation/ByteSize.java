package io.procmodel.formation;

import io.procmodel.error.InvalidValueException;

/**
 * An amount of memory.
 *
 * @param bytes the amount, not negative
 */
public record ByteSize(long bytes) {
    private static final long MEBIBYTE = 1L << 20;

    /**
     * Checks the amount.
     *
     * @throws InvalidValueException if {@code bytes} is negative
     */
    public ByteSize {
        if (bytes < 0) {
            throw new InvalidValueException("byte size", Long.toString(bytes), "at least 0");
        }
    }

    /** An amount of 2^20 bytes each. */
    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, MEBIBYTE));
    }

    /** For example {@code 512 MB}, as the platform writes it, or {@code 100 B}. */
    @Override
    public String toString() {
        return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + " MB" : bytes + " B";
    }
}
