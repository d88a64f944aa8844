package io.procmodel.runtime.local;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;

/**
 * A process's proportional share of memory: each page by the number of processes that it is mapped in.
 *
 * @param resident what is in memory, in bytes
 * @param swapped what is swapped out, in bytes
 */
record MemoryShare(long resident, long swapped) {
    static final MemoryShare NONE = new MemoryShare(0, 0);

    private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
    private static final long KIBIBYTE = 1024;

    /** Reads {@code /proc/PID/smaps_rollup}; empty if it could not be read, as of a process that has just ended. */
    static Optional<MemoryShare> parse(String rollup) {
        MemoryShare share = NONE;
        boolean found = false;
        for (String line : LINES.split(rollup)) {
            if (line.startsWith("Pss:")) {
                share = new MemoryShare(bytes(line), share.swapped());
                found = true;
            } else if (line.startsWith("SwapPss:")) {
                share = new MemoryShare(share.resident(), bytes(line));
            }
        }
        return found ? Optional.of(share) : Optional.empty();
    }

    private static long bytes(String line) {
        List<String> words = WORDS.splitToList(line);
        return Long.parseLong(words.get(1)) * KIBIBYTE;
    }

    MemoryShare plus(MemoryShare other) {
        return new MemoryShare(resident + other.resident, swapped + other.swapped);
    }
}
