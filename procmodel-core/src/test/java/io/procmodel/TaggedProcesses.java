package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds every process that was born with a tag in its environment, wherever it has gone since. Linux only. */
final class TaggedProcesses {
    static final String NAME = "PROCMODEL_TEST_TAG";
    private static final Path PROC = Path.of("/proc");

    private final String value = UUID.randomUUID().toString();

    String value() {
        return value;
    }

    /** The processes alive now, as {@code pid command}; zombies have no environment any more and do not count. */
    List<String> alive() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (read(process.resolve("environ")).contains(NAME + "=" + value)) {
                    found.add(process.getFileName() + " "
                            + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot list /proc", e);
        }
        return found;
    }

    /** A variable in the environment of a process that {@link #alive} has given; empty if it has gone. */
    static String variable(String process, String name) {
        String environment =
                read(PROC.resolve(process.substring(0, process.indexOf(' '))).resolve("environ"));
        return Splitter.on('\0')
                .splitToStream(environment)
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
