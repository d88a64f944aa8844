package io.procmodel.scheduler.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files by which processes say that they have a ledger's directory open. */
final class ProcessFiles {
    private static final String PREFIX = ".open-";

    private ProcessFiles() {}

    static Path of(Path directory, long pid) {
        return directory.resolve(PREFIX + pid);
    }

    static List<Path> ofDeadProcesses(Path directory) throws IOException {
        List<Path> dead = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String pid = String.valueOf(file.getFileName()).substring(PREFIX.length());
                if (pid.matches("\\d{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    dead.add(file);
                }
            }
        }
        return dead;
    }
}
