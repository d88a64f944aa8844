package io.procmodel.procfile;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.procmodel.error.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code .env} files with options. Immutable and thread-safe: each method returns a reader with that option
 * changed. Time and memory are linear in the size of the text, plus at most 8 Mi characters for references.
 */
public final class DotEnvReader {
    static final DotEnvReader DEFAULT = new DotEnvReader(Interpolation.NONE, ImmutableMap.of());
    private static final String SOURCE = ".env";

    private final Interpolation interpolation;
    private final ImmutableMap<String, String> environment;

    private DotEnvReader(Interpolation interpolation, ImmutableMap<String, String> environment) {
        this.interpolation = interpolation;
        this.environment = environment;
    }

    /** Sets which references are replaced; {@link Interpolation#NONE} if not set. */
    public DotEnvReader interpolation(Interpolation interpolation) {
        return new DotEnvReader(requireNonNull(interpolation, "interpolation"), environment);
    }

    /** Sets where references look for variables that the files do not set; nowhere if not set. */
    public DotEnvReader environment(Map<String, String> environment) {
        return new DotEnvReader(interpolation, ImmutableMap.copyOf(environment));
    }

    /**
     * Reads a text.
     *
     * @throws DotEnvException with every finding if at least one is an error
     */
    public DotEnv parse(String text) {
        return accepted(parsing(text));
    }

    /**
     * Reads files, which must be UTF-8, in order: a later one overrides the earlier ones. Blocks on the disk.
     *
     * @throws DotEnvException with every finding about every file if at least one is an error
     * @throws StorageException if a file cannot be read
     */
    public DotEnv read(Path... files) {
        Parsing parsing = new Parsing();
        for (Path file : files) {
            parsing.add(text(file), file.toString());
        }
        return accepted(parsing);
    }

    /** Everything that {@link #parse} would find, errors included, in the order of the positions; never throws. */
    public List<Diagnostic> lint(String text) {
        Parsing parsing = parsing(text);
        parsing.resolve();
        return parsing.diagnostics();
    }

    private Parsing parsing(String text) {
        Parsing parsing = new Parsing();
        parsing.add(text, SOURCE);
        return parsing;
    }

    private static String text(Path file) {
        try {
            return Utf8File.read(file);
        } catch (ProcfileException e) {
            throw new DotEnvException(e.diagnostics());
        }
    }

    private static DotEnv accepted(Parsing parsing) {
        DotEnv variables = parsing.resolve();
        if (parsing.isRefused()) {
            throw new DotEnvException(parsing.diagnostics());
        }
        return variables;
    }

    /** The texts read so far. */
    private final class Parsing {
        private Map<String, Assignment> assignments = new LinkedHashMap<>();
        private final List<Findings> findings = new ArrayList<>();

        void add(String text, String source) {
            Findings found = new Findings(source);
            findings.add(found);
            if (assignments.isEmpty()) {
                assignments = Maps.newLinkedHashMapWithExpectedSize(lineFeeds(text));
            }
            new DotEnvParser(text, interpolation, found, assignments).parse();
        }

        DotEnv resolve() {
            DotEnvResolver resolver = new DotEnvResolver(assignments, environment);
            Map<String, String> replaced = new HashMap<>();
            for (Assignment assignment : assignments.values()) {
                if (assignment.text() == null) {
                    replaced.put(assignment.name(), resolver.resolve(assignment));
                }
            }
            replaced.forEach((name, value) -> assignments.computeIfPresent(name, (same, line) -> line.resolved(value)));
            return new DotEnv(assignments, diagnostics());
        }

        /** How many variables there may be, so that a big map never grows. */
        private int lineFeeds(String text) {
            int count = 0;
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
                count++;
            }
            return count;
        }

        boolean isRefused() {
            return findings.stream().anyMatch(Findings::isRefused);
        }

        ImmutableList<Diagnostic> diagnostics() {
            return findings.stream().flatMap(found -> found.sorted().stream()).collect(ImmutableList.toImmutableList());
        }
    }
}
