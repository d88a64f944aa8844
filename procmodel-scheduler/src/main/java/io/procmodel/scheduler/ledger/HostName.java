package io.procmodel.scheduler.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/**
 * The names by which schedulers claim runs: the machine's name, the process's id and start, and a number within the
 * process, so that no two schedulers ever share one and a dead one can be told from a living.
 */
public final class HostName {
    private HostName() {}

    /**
     * The name of a scheduler of this process.
     *
     * @param number tells it from others of the process
     */
    public static String of(long number) {
        ProcessHandle process = ProcessHandle.current();
        return machine() + "/" + process.pid() + "/" + started(process) + "/" + Long.toHexString(number);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('/', '-');
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Whether the process of a scheduler of this machine lives; a name of another form counts as alive. */
    static boolean isAlive(String host) {
        String[] parts = host.split("/", -1);
        if (parts.length != 4 || !parts[1].matches("\\d{1,18}")) {
            return true;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
        return process.map(alive -> String.valueOf(started(alive)).equals(parts[2]))
                .orElse(false);
    }
}
