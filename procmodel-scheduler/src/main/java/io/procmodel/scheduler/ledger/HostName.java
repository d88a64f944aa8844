package io.procmodel.scheduler.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The names by which schedulers claim runs: the machine's name, the process's id and start, and a number within the
 * process, so that no two schedulers ever share one and a dead one can be told from a living.
 */
public final class HostName {
    private static final Path PROC = Path.of("/proc");
    private static final int START_TIME = 19; // of the fields behind the name, see proc(5)
    private static final int BOOT_DIGITS = 8;

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

    /**
     * What no other process of this id has. Java derives the time of a start from the wall clock, and tells another one of the
     * same process when that was set or the machine slept; Linux counts from its boot, which has an id.
     */
    private static String started(ProcessHandle process) {
        try {
            String stat = Files.readString(PROC.resolve(process.pid() + "/stat"), ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id"), ISO_8859_1);
            return boot.substring(0, BOOT_DIGITS) + "-" + fields[START_TIME];
        } catch (IOException | IndexOutOfBoundsException e) {
            return process.info()
                    .startInstant()
                    .map(start -> Long.toString(start.toEpochMilli()))
                    .orElse("");
        }
    }

    /** Whether the process of a scheduler of this machine lives; a name of another form counts as alive. */
    static boolean isAlive(String host) {
        String[] parts = host.split("/", -1);
        if (parts.length != 4 || !parts[1].matches("\\d{1,18}")) {
            return true;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
        return process.map(alive -> started(alive).equals(parts[2])).orElse(false);
    }
}
