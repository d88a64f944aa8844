package io.procmodel;

import io.procmodel.build.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Source trees that tests deploy; they need a POSIX shell and the JVM that runs the tests. */
final class SampleSources {
    private SampleSources() {}

    /** A source with this Procfile alone. */
    static Source procfile(Path directory, String procfile) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("Procfile"), procfile);
        if (procfile.contains(WebDyno.class.getName())) {
            copyWebDyno(directory);
        }
        return Source.directory(directory);
    }

    /** Into the slug: a dyno in a sandbox does not see every directory that this build may be in. */
    private static void copyWebDyno(Path directory) throws IOException {
        String file = WebDyno.class.getName().replace('.', '/') + ".class";
        Path copy = directory.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream content = WebDyno.class.getClassLoader().getResourceAsStream(file)) {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The line of a web process that answers with its DYNO, its GREETING and the number of its release. */
    static String webLine() {
        return "web: exec \"$TEST_JAVA\" -Xshare:auto -XX:TieredStopAtLevel=1 -cp . " + WebDyno.class.getName() + "\n";
    }

    /** What {@link #webLine} needs. */
    static Map<String, String> webConfig() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Map.of("TEST_JAVA", java.toString());
    }
}
