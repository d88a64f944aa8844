package io.procmodel.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of Python that an app asks for in {@code .python-version} or {@code runtime.txt}. Only as much of it counts as
 * a virtual environment depends on: {@code 3.11.4} is satisfied by every 3.11.
 *
 * @param file where it is asked for
 * @param text what is asked for
 * @param minor the part that counts, for example {@code 3.11}
 */
record PythonVersion(String file, String text, String minor) {
    private static final Pattern VERSION = Pattern.compile("(?:python-)?(\\d+\\.\\d+)(?:\\.\\d+)?");

    static Optional<PythonVersion> of(Build build) {
        return in(build, ".python-version").or(() -> in(build, "runtime.txt"));
    }

    private static Optional<PythonVersion> in(Build build, String name) {
        if (!build.has(name)) {
            return Optional.empty();
        }
        return build.read(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .map(text -> parse(name, text));
    }

    private static PythonVersion parse(String name, String text) {
        Matcher version = VERSION.matcher(text);
        if (!version.matches()) {
            throw new BuildException(name + ": \"" + text + "\" (expected: a version such as 3.11)");
        }
        return new PythonVersion(name, text, version.group(1));
    }

    /**
     * Checks the Python at hand.
     *
     * @throws ToolVersionException if it is another one
     */
    void check(String version) {
        if (!version.equals(minor) && !version.startsWith(minor + ".")) {
            throw new ToolVersionException("python", file, text, version);
        }
    }
}
