package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one pass over a text has found so far: entries in file order, and diagnostics. */
final class Reading {
    /**
     * An entry and where it stands.
     *
     * @param type what it declares
     * @param line its first line, from 1
     * @param start the first character of its first line
     * @param commandStart the first character of its command
     * @param commandEnd after the last character of its command
     * @param next after the line end of its last line
     */
    record Entry(ProcessType type, int line, int start, int commandStart, int commandEnd, int next) {}

    private final Findings findings;
    private final DuplicateTypes duplicates;
    private final List<Entry> occurrences = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * Starts without any finding.
     *
     * @param source what the text is, for diagnostics
     * @param duplicates what happens to duplicates
     */
    Reading(String source, DuplicateTypes duplicates) {
        this.findings = new Findings(source);
        this.duplicates = duplicates;
    }

    /** Adds an entry of one line whose command stands between two offsets. */
    void add(Line line, String name, int commandStart, int commandEnd) {
        String command = line.text().substring(commandStart, commandEnd);
        add(
                new Entry(
                        new ProcessType(name, command),
                        line.number(),
                        line.start(),
                        commandStart,
                        commandEnd,
                        line.next()),
                line);
    }

    /** Adds an entry whose first line is {@code line}. */
    void add(Entry entry, Line line) {
        occurrences.add(entry);
        String name = entry.type().name();
        Integer place = places.putIfAbsent(name, entries.size());
        if (place == null) {
            entries.add(entry);
            return;
        }
        String message = '"' + name + "\" is declared again; it was declared first in line "
                + entries.get(place).line();
        switch (duplicates) {
            case REFUSE ->
                error(DiagnosticCode.DUPLICATE_TYPE, line, line.nameStart(), message, "keep one of the two lines");
            case FIRST_WINS -> duplicate(line, message, "the first declaration counts");
            case LAST_WINS -> {
                duplicate(line, message, "the last declaration counts");
                entries.set(place, entry);
            }
            case KEEP_ALL -> {
                duplicate(line, message, "both are started");
                entries.add(entry);
            }
        }
    }

    /** Reports a line that is no entry as an error, with a guess at the cause. */
    void refuse(Line line) {
        Cause cause = Cause.of(line);
        error(cause.code(), line, line.nameStart(), cause.message() + ": " + line.excerpt(), cause.hint());
    }

    /** Reports a line that is no entry as skipped, with a guess at the cause; blank lines and comments are none. */
    void ignore(Line line) {
        if (!line.isBlank() && !line.isComment()) {
            Cause cause = Cause.of(line);
            String message = "this line is skipped: " + cause.message() + ": " + line.excerpt();
            warning(cause.code(), line, line.nameStart(), message, cause.hint());
        }
    }

    /** Reports a text that has no entry. */
    void reportIfEmpty(Severity severity) {
        if (entries.isEmpty()) {
            findings.report(
                    severity,
                    DiagnosticCode.NO_PROCESS_TYPES,
                    1,
                    1,
                    "no line declares a process type",
                    "write at least one entry, for example web: COMMAND");
        }
    }

    void error(DiagnosticCode code, Line line, int offset, String message, String hint) {
        findings.error(code, line, offset, message, hint);
    }

    void warning(DiagnosticCode code, Line line, int offset, String message, String hint) {
        findings.warning(code, line, offset, message, hint);
    }

    void report(Severity severity, DiagnosticCode code, Line line, int offset, String message, String hint) {
        findings.report(severity, code, line, offset, message, hint);
    }

    boolean isRefused() {
        return findings.isRefused();
    }

    /** What counts, one entry for each process type unless duplicates are kept. */
    List<Entry> entries() {
        return entries;
    }

    /** Every entry, those included that another one overrides. */
    List<Entry> occurrences() {
        return occurrences;
    }

    ImmutableList<ProcessType> types() {
        return entries.stream().map(Entry::type).collect(ImmutableList.toImmutableList());
    }

    /** All diagnostics in the order of their positions. */
    ImmutableList<Diagnostic> diagnostics() {
        return findings.sorted();
    }

    private void duplicate(Line line, String message, String hint) {
        warning(DiagnosticCode.DUPLICATE_TYPE, line, line.nameStart(), message, hint);
    }
}
