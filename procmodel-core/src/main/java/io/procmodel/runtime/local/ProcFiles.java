package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Linux tells of processes below {@code /proc}; nothing elsewhere. A process that is gone, or another user's, reads as
 * empty. Not thread-safe: it reuses its buffer.
 */
final class ProcFiles {
    static final Path PROC = Path.of("/proc");
    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");
    private static final int FIRST_BUFFER_BYTES = 16 * 1024;

    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];

    static boolean areThere() {
        return Files.isReadable(PROC.resolve("self/stat")) && Files.isReadable(PROC.resolve("self/environ"));
    }

    /** What tells this start of the machine from every other; empty where the machine does not say. */
    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The ids of all processes. */
    List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            processes.forEach(
                    process -> pids.add(Long.parseLong(process.getFileName().toString())));
        } catch (IOException e) {
            // No /proc, no processes to tell of.
        }
        return pids;
    }

    Optional<ProcessStat> stat(long pid) {
        return ProcessStat.parse(pid, read(pid, "stat"));
    }

    /** The environment that a process was started with: entries, each ended by NUL. */
    String environment(long pid) {
        return read(pid, "environ");
    }

    String read(long pid, String file) {
        try (InputStream in = new FileInputStream("/proc/" + pid + '/' + file)) {
            int length = 0;
            for (int n = in.read(buffer, 0, buffer.length);
                    n >= 0;
                    n = in.read(buffer, length, buffer.length - length)) {
                length += n;
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * length);
                }
            }
            return new String(buffer, 0, length, ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
