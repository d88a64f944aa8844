package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Linux tells of processes below {@code /proc}; nothing elsewhere. A process that is gone, or another user's, reads as
 * empty. Not thread-safe: it reuses its buffer.
 */
final class ProcFiles {
    static final Path PROC = Path.of("/proc");
    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");
    private static final int FIRST_BUFFER_BYTES = 16 * 1024;

    /** A program takes a millisecond to come; a busy machine may stretch that. */
    private static final long BECOMING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int SURE = 10;

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
        String[] names = PROC.toFile().list();
        List<Long> pids = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                pids.add(Long.parseLong(name));
            }
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

    /**
     * The same; but a process that is just becoming another program has none for a moment, and no arguments either: that
     * moment is waited out. Who has arguments has no environment indeed, unless it has become yet another program meanwhile.
     */
    String settledEnvironment(long pid) {
        long start = System.nanoTime();
        String environment = tryToRead(pid, "environ");
        int settled = 0;
        while (environment != null && environment.isEmpty() && settled < SURE && hasMemory(pid)) {
            settled += !read(pid, "cmdline").isEmpty() || System.nanoTime() - start > BECOMING_NANOS ? 1 : 0;
            environment = tryToRead(pid, "environ");
        }
        return environment == null ? "" : environment;
    }

    /** Threads of the kernel have none, nor has a process that has ended. */
    private boolean hasMemory(long pid) {
        String pages = read(pid, "statm");
        return !pages.isEmpty() && !pages.startsWith("0 ");
    }

    String read(long pid, String file) {
        String content = tryToRead(pid, file);
        return content == null ? "" : content;
    }

    private @Nullable String tryToRead(long pid, String file) {
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
            return null;
        }
    }
}
