package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK of this machine, and what an app may ask of it in its {@code system.properties}. */
final class JavaTools {
    private static final String FILE = "system.properties";
    private static final String KEY = "java.runtime.version";
    private static final Pattern FIRST_NUMBERS = Pattern.compile("(?:1\\.)?(\\d{1,9})");

    private JavaTools() {}

    /**
     * Checks that there is a JDK, and one that is not older than the app asks for.
     *
     * @throws MissingToolException if there is none
     * @throws ToolVersionException if it is older
     */
    static void check(Build build) {
        Path javac = build.program(
                "javac",
                "a Java, Scala or Clojure app",
                "a JDK, for example the package default-jdk-headless of the operating system");
        String version = build.capture(LanguageBuildpack.command(javac, "-version"), Map.of())
                .replace("javac ", "");
        build.output().step("Using JDK " + version);
        wanted(build.directory()).ifPresent(wanted -> {
            if (major(version) < major(wanted)) {
                throw new ToolVersionException("javac", KEY + " in " + FILE, wanted, version);
            }
        });
    }

    private static Optional<String> wanted(Path app) {
        Path file = app.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new BuildException(FILE + ": cannot be read: " + e + " (expected: a properties file)");
        }
        return Optional.ofNullable(properties.getProperty(KEY)).map(String::strip);
    }

    private static int major(String version) {
        Matcher numbers = FIRST_NUMBERS.matcher(version);
        return numbers.find() ? Integer.parseInt(numbers.group(1)) : 0;
    }

    /** A command line of a program, which may have arguments of its own already, and more arguments. */
    static List<String> with(List<String> program, String... arguments) {
        return ImmutableList.<String>builder().addAll(program).add(arguments).build();
    }
}
