package io.procmodel.slug;

import com.google.common.base.Preconditions;

/**
 * How much an archive from outside may unpack to before it is taken for a bomb.
 *
 * @param entries the most files, directories and links
 * @param bytes the most bytes of the uncompressed archive
 * @param ratio the most uncompressed bytes for each compressed one; counted from the first 16 MiB on, because
 *     a small file of equal bytes is no bomb
 */
public record ArchiveLimits(long entries, long bytes, long ratio) {
    static final long RATIO_COUNTS_FROM = 16L << 20;

    private static final ArchiveLimits NONE = new ArchiveLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    private static final ArchiveLimits SOURCE = new ArchiveLimits(500_000, 2L << 30, 250);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public ArchiveLimits {
        Preconditions.checkArgument(entries > 0, "entries: %s (expected: > 0)", entries);
        Preconditions.checkArgument(bytes > 0, "bytes: %s (expected: > 0)", bytes);
        Preconditions.checkArgument(ratio > 0, "ratio: %s (expected: > 0)", ratio);
    }

    /** No limits, for archives whose content is known. */
    public static ArchiveLimits none() {
        return NONE;
    }

    /** Limits that no honest source tree meets: 500,000 entries, 2 GiB, 250 to 1. */
    public static ArchiveLimits source() {
        return SOURCE;
    }
}
