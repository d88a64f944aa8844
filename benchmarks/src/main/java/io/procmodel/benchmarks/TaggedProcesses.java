package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the processes of a contender by a mark in their environment. */
final class TaggedProcesses {
    private TaggedProcesses() {}

    static List<ProcessHandle> with(String tag) throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (environment(process).contains(tag)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /**
     * Waits until these have ended, and then for whoever has come in the meantime. One at a time is looked at: a look at all
     * processes of the machine, over and over, would take a processor from those that are ending.
     *
     * @param deadline a time of {@link System#nanoTime} when it gives up
     */
    static void awaitEnd(String tag, List<ProcessHandle> processes, long deadline)
            throws IOException, InterruptedException {
        for (List<ProcessHandle> left = processes; !left.isEmpty() && System.nanoTime() < deadline; left = with(tag)) {
            for (ProcessHandle process : left) {
                while (environment(process.pid()).contains(tag) && System.nanoTime() < deadline) {
                    Thread.sleep(1);
                }
            }
        }
    }

    /** Empty as soon as it has ended, whether its parent has looked after it or not. */
    private static String environment(long pid) {
        return environment(Path.of("/proc", Long.toString(pid)));
    }

    private static String environment(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("environ")), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
