package io.procmodel.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine's count of processes that were killed for want of memory. It saves a look at each dyno: mostly it stands
 * still. Not thread-safe.
 */
final class KernelKills {
    private static final Path COUNTERS = ProcFiles.PROC.resolve("vmstat");
    private static final String KILLS = "oom_kill ";

    private String last = read();

    /** Whether there were more since the last call; true as well where the machine does not count. */
    boolean anyMore() {
        String now = read();
        boolean more = now.isEmpty() || !now.equals(last);
        last = now;
        return more;
    }

    private static String read() {
        try {
            return Files.readAllLines(COUNTERS).stream()
                    .filter(line -> line.startsWith(KILLS))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
