package io.procmodel.runtime.local;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the processes of a session on Linux, for the case that its watchdog was killed first. A session's id cannot belong
 * to a stranger while a member of it lives, so what is found may be signalled.
 */
final class Survivors {
    private static final Path PROC = Path.of("/proc");
    /** In /proc/PID/stat, counted from the state, which follows the name in parentheses: state, parent, group, session. */
    private static final int SESSION = 3;

    private Survivors() {}

    /** The members of the session that still run; empty where there is no /proc. */
    static List<ProcessHandle> ofSession(long session) {
        if (!Files.isDirectory(PROC)) {
            return List.of();
        }
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> session(process.pid()).equals(Optional.of(Long.toString(session))))
                    .toList();
        }
    }

    private static Optional<String> session(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            List<String> fields = Splitter.on(' ').splitToList(stat.substring(stat.lastIndexOf(')') + 2));
            return Optional.of(fields.get(SESSION));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
