package io.procmodel.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** A table for people: in the log of the test, and as a file under {@code target/conformance}. */
final class Report {
    private Report() {}

    static void publish(String name, String table) throws IOException {
        LoggerFactory.getLogger(Report.class).info("{}\n{}", name, table);
        Path folder = Files.createDirectories(Path.of("target", "conformance"));
        Files.writeString(folder.resolve(name + ".txt"), table);
    }
}
