package io.procmodel.runtime.local;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code /proc/PID/stat}, as far as it matters here.
 *
 * @param pid the process
 * @param parent its parent
 * @param group its process group
 * @param session its session
 * @param cpuTicks the processor time that it has used, in clock ticks
 * @param start when it started, in clock ticks since the machine's start: with {@code pid} it names one process only
 * @param residentPages the pages of it that are in memory, shared ones included
 */
record ProcessStat(long pid, long parent, long group, long session, long cpuTicks, long start, long residentPages) {
    private static final Splitter FIELDS = Splitter.on(' ').omitEmptyStrings();
    /** Places counted from the state, which follows the name in parentheses; the name may hold anything. */
    private static final int PARENT = 1;

    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int START = 19;
    private static final int RESIDENT = 21;

    static Optional<ProcessStat> parse(long pid, String line) {
        List<String> fields = FIELDS.splitToList(line.substring(line.lastIndexOf(')') + 1));
        if (fields.size() <= RESIDENT || isOver(fields.get(0))) {
            return Optional.empty();
        }
        return Optional.of(new ProcessStat(
                pid,
                Long.parseLong(fields.get(PARENT)),
                Long.parseLong(fields.get(GROUP)),
                Long.parseLong(fields.get(SESSION)),
                Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS)),
                Long.parseUnsignedLong(fields.get(START)),
                Long.parseLong(fields.get(RESIDENT))));
    }

    /** A zombie has ended, and waits only for its parent to look. */
    private static boolean isOver(String state) {
        return "Z".equals(state) || "X".equals(state);
    }
}
