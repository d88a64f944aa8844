package io.procmodel.procfile;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Procfiles with options. Immutable and thread-safe: each method returns a reader with that option changed. Time
 * and memory are linear in the size of the text.
 */
public final class ProcfileReader {
    static final ProcfileReader DEFAULT = new ProcfileReader(ReaderOptions.of(ProcfileDialect.DEFAULT));

    private static final String SOURCE = "Procfile";

    private final ReaderOptions options;

    private ProcfileReader(ReaderOptions options) {
        this.options = options;
    }

    /** Sets whose rules count; {@link ProcfileDialect#DEFAULT} if not set. */
    public ProcfileReader dialect(ProcfileDialect dialect) {
        return new ProcfileReader(options.withDialect(requireNonNull(dialect, "dialect")));
    }

    /**
     * Sets whether a backslash at the end of a line joins the next one, with one space; an error if not set. Only
     * {@link ProcfileDialect#DEFAULT} knows it: the other dialects imitate platforms that do not.
     */
    public ProcfileReader continuation(boolean continuation) {
        return new ProcfileReader(options.withContinuation(continuation));
    }

    /**
     * Sets how many characters a name may have in {@link ProcfileDialect#DEFAULT}; 63 if not set, because names end up in
     * host names and unit names.
     *
     * @throws InvalidValueException if {@code nameLimit} is less than 1
     */
    public ProcfileReader nameLimit(int nameLimit) {
        if (nameLimit < 1) {
            throw new InvalidValueException("name limit", Integer.toString(nameLimit), "at least 1");
        }
        return new ProcfileReader(options.withNameLimit(nameLimit));
    }

    /** Sets what happens when a type is declared twice; the dialect's own rule if not set. */
    public ProcfileReader duplicates(DuplicateTypes duplicates) {
        return new ProcfileReader(options.withDuplicates(requireNonNull(duplicates, "duplicates")));
    }

    /**
     * Reads a text.
     *
     * @throws ProcfileException with every finding if at least one is an error
     */
    public Procfile parse(String text) {
        return parse(text, SOURCE);
    }

    /**
     * Reads a file, which must be UTF-8. Blocks on the disk.
     *
     * @throws ProcfileException with every finding if at least one is an error
     * @throws StorageException if the file cannot be read
     */
    public Procfile read(Path file) {
        return parse(Utf8File.read(file), file.toString());
    }

    /**
     * Reads a file as {@link #read(Path)} does, for somebody who knows it by another name, by which errors call it then.
     *
     * @throws ProcfileException with every finding if at least one is an error
     * @throws StorageException if the file cannot be read
     */
    public Procfile read(Path file, String name) {
        return parse(Utf8File.read(file, name), name);
    }

    /** Everything that {@link #parse} would find, errors included, in the order of the positions; never throws. */
    public List<Diagnostic> lint(String text) {
        return reading(text, SOURCE).diagnostics();
    }

    LineRules lineRules() {
        return options.dialect().grammar(options).lineRules();
    }

    Reading reading(String text, String source) {
        Grammar grammar = options.dialect().grammar(options);
        DuplicateTypes duplicates = options.duplicates();
        Reading reading = new Reading(source, duplicates == null ? grammar.duplicates() : duplicates);
        Lines lines = new Lines(text, grammar.lineRules());
        while (lines.hasNext()) {
            grammar.read(lines, reading);
        }
        grammar.finish(reading);
        return reading;
    }

    Procfile parse(String text, String source) {
        Reading reading = reading(text, source);
        ImmutableList<Diagnostic> diagnostics = reading.diagnostics();
        if (reading.isRefused()) {
            throw new ProcfileException(source, diagnostics);
        }
        return new Procfile(this, source, text, reading.types(), diagnostics);
    }
}
