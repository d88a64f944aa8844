package io.procmodel.procfile;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.procmodel.error.StorageException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of one or more {@code .env} files, in file order, and where each was set. Immutable and thread-safe. The
 * values are secrets: only {@link #asMap()} holds them, and nothing prints them.
 *
 * <p>Each line is {@code NAME=VALUE} or {@code NAME: VALUE}, maybe after {@code export}; names have letters, digits,
 * {@code _}, {@code .} and {@code -}. A comment starts with {@code #} at the start of a line or after a blank. Values in
 * single quotes are raw; in double quotes <code>\n \r \t \" \\ \$</code> are escapes; both may span lines. The last of
 * several lines for a name counts. Nothing is ever run, and a line that is not understood is an error.
 */
public final class DotEnv {
    private final Map<String, Assignment> assignments;
    private final Map<String, String> values;
    private final ImmutableList<Diagnostic> diagnostics;

    /** Keeps the assignments, which nobody changes any more and whose references are replaced. */
    DotEnv(Map<String, Assignment> assignments, ImmutableList<Diagnostic> diagnostics) {
        this.assignments = assignments;
        this.values = Collections.unmodifiableMap(
                Maps.transformValues(assignments, line -> requireNonNull(line.text(), "an open reference")));
        this.diagnostics = diagnostics;
    }

    /**
     * Reads a text without replacing references.
     *
     * @throws DotEnvException with every finding if at least one is an error
     */
    public static DotEnv parse(String text) {
        return reader().parse(text);
    }

    /**
     * Reads files in order without replacing references: a later one overrides the earlier ones. Blocks on the disk.
     *
     * @throws DotEnvException with every finding about every file if at least one is an error
     * @throws StorageException if a file cannot be read
     */
    public static DotEnv read(Path... files) {
        return reader().read(files);
    }

    /** Everything that {@link #parse} would find, errors included, in the order of the positions; never throws. */
    public static List<Diagnostic> lint(String text) {
        return reader().lint(text);
    }

    /** A reader with options. */
    public static DotEnvReader reader() {
        return DotEnvReader.DEFAULT;
    }

    /** The values by name, in the order in which the names turn up first. */
    public Map<String, String> asMap() {
        return values;
    }

    /** Where the value of a variable comes from. */
    public Optional<VariableOrigin> origin(String name) {
        return Optional.ofNullable(assignments.get(name)).map(Assignment::origin);
    }

    /** What was found although the text was accepted. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The names, without the values. */
    @Override
    public String toString() {
        return "DotEnv" + values.keySet();
    }
}
