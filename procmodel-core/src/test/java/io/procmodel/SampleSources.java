package io.procmodel;

import io.procmodel.build.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Source trees that tests deploy; they need a POSIX shell and the JVM that runs the tests. */
final class SampleSources {
    private SampleSources() {}

    /** A source with this Procfile alone. */
    static Source procfile(Path directory, String procfile) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("Procfile"), procfile);
        return Source.directory(directory);
    }

    /** The line of a web process that answers with its DYNO, its GREETING and the number of its release. */
    static String webLine() {
        return "web: exec \"$TEST_JAVA\" -Xshare:auto -XX:TieredStopAtLevel=1 -cp \"$TEST_CLASSES\" "
                + WebDyno.class.getName() + "\n";
    }

    /** What {@link #webLine} needs. */
    static Map<String, String> webConfig() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        return Map.of("TEST_JAVA", java.toString(), "TEST_CLASSES", classes.toString());
    }
}
