package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The process types that an app declares, in file order (Heroku: section 1 of its Procfile rules; the grammar of each
 * platform is a {@link ProcfileDialect}). Immutable and thread-safe.
 */
public final class Procfile {
    private final ProcfileReader reader;
    private final String source;
    private final String text;
    private final ImmutableList<ProcessType> processTypes;
    private final ImmutableList<Diagnostic> diagnostics;

    Procfile(
            ProcfileReader reader,
            String source,
            String text,
            ImmutableList<ProcessType> processTypes,
            ImmutableList<Diagnostic> diagnostics) {
        this.reader = reader;
        this.source = source;
        this.text = text;
        this.processTypes = processTypes;
        this.diagnostics = diagnostics;
    }

    /**
     * Reads a text in the {@link ProcfileDialect#DEFAULT} dialect.
     *
     * @throws ProcfileException with every finding if at least one is an error
     */
    public static Procfile parse(String text) {
        return reader().parse(text);
    }

    /**
     * Reads a text as the platform of a dialect would.
     *
     * @throws ProcfileException with every finding if at least one is an error
     */
    public static Procfile parse(String text, ProcfileDialect dialect) {
        return reader().dialect(dialect).parse(text);
    }

    /**
     * Reads a file in the {@link ProcfileDialect#DEFAULT} dialect. Blocks on the disk.
     *
     * @throws ProcfileException with every finding if at least one is an error
     * @throws StorageException if the file cannot be read
     */
    public static Procfile read(Path file) {
        return reader().read(file);
    }

    /** Everything that {@link #parse(String)} would find, errors included, in the order of the positions; never throws. */
    public static List<Diagnostic> lint(String text) {
        return reader().lint(text);
    }

    /** What each dialect would run, side by side; never throws. */
    public static ProcfileComparison compare(String text) {
        return ProcfileComparison.of(text);
    }

    /** A reader with options. */
    public static ProcfileReader reader() {
        return ProcfileReader.DEFAULT;
    }

    /** The process types in file order, {@code release} included. */
    public List<ProcessType> processTypes() {
        return processTypes;
    }

    /** The process type of that name; the first one where a dialect keeps several. */
    public Optional<ProcessType> processType(String name) {
        return processTypes.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * The command of the release phase, which runs to its end before the dynos of a new release start (Heroku: PROC-12).
     */
    public Optional<String> release() {
        return processType(ProcessType.RELEASE).map(ProcessType::command);
    }

    /** What was found although the file was accepted, in the order of the positions. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The text as it was read, byte order mark and line ends included. */
    public String text() {
        return text;
    }

    /**
     * This file with another command for a process type, which is added at the end if it is not declared yet. Every other
     * character stays: comments, order, blanks, line ends, and whether the last line has one.
     *
     * @throws InvalidValueException if the dialect cannot hold the name or the command, for example because of a line
     *     feed
     */
    public Procfile with(String name, String command) {
        return new ProcfileEdit(reader, source, text).set(new ProcessType(name, command));
    }

    /**
     * This file without the lines that declare a process type; the same if there is none. Every other character stays.
     *
     * @throws ProcfileException if the dialect refuses what is left, as some refuse an empty file
     */
    public Procfile without(String name) {
        return processType(name).isEmpty() ? this : new ProcfileEdit(reader, source, text).remove(name);
    }

    /**
     * Writes {@link #text()} as UTF-8, so that a file that was read and not changed stays as it is, byte for byte. Blocks
     * on the disk.
     *
     * @throws StorageException if the file cannot be written
     */
    public void write(Path file) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new StorageException("write", file, e);
        }
    }

    /** The names of the process types, for example {@code web, worker}. */
    @Override
    public String toString() {
        return String.join(", ", processTypes.stream().map(ProcessType::name).toList());
    }
}
