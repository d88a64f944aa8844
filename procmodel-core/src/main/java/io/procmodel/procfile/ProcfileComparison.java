package io.procmodel.procfile;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each {@link ProcfileDialect} makes of one text. Immutable and thread-safe; prints as a text for people. */
public final class ProcfileComparison {
    /** What one dialect makes of the text. Immutable and thread-safe. */
    public static final class Outcome {
        private final boolean accepted;
        private final ImmutableList<ProcessType> processTypes;
        private final ImmutableList<Diagnostic> diagnostics;
        private final ImmutableListMultimap<String, String> commands;

        private Outcome(Reading reading) {
            this.accepted = !reading.isRefused();
            this.processTypes = accepted ? reading.types() : ImmutableList.of();
            this.diagnostics = reading.diagnostics();
            this.commands = processTypes.stream()
                    .collect(ImmutableListMultimap.toImmutableListMultimap(ProcessType::name, ProcessType::command));
        }

        /** Whether it runs anything at all. */
        public boolean accepted() {
            return accepted;
        }

        /** What it runs, in file order; empty if it refuses the text. */
        public List<ProcessType> processTypes() {
            return processTypes;
        }

        /** What it finds, in the order of the positions. */
        public List<Diagnostic> diagnostics() {
            return diagnostics;
        }

        /** The commands that it runs under a name; several where a dialect keeps duplicates, none if it knows no such. */
        public List<String> commands(String name) {
            return commands.get(name);
        }
    }

    private final ImmutableMap<ProcfileDialect, Outcome> outcomes;

    private ProcfileComparison(Map<ProcfileDialect, Outcome> outcomes) {
        this.outcomes = ImmutableMap.copyOf(outcomes);
    }

    static ProcfileComparison of(String text) {
        Map<ProcfileDialect, Outcome> outcomes = new EnumMap<>(ProcfileDialect.class);
        for (ProcfileDialect dialect : ProcfileDialect.values()) {
            Reading reading = Procfile.reader().dialect(dialect).reading(text, dialect.name());
            outcomes.put(dialect, new Outcome(reading));
        }
        return new ProcfileComparison(outcomes);
    }

    /** The outcome of each dialect, in the order of the enum. */
    public Map<ProcfileDialect, Outcome> outcomes() {
        return outcomes;
    }

    /** The outcome of one dialect. */
    public Outcome outcome(ProcfileDialect dialect) {
        return requireNonNull(outcomes.get(dialect));
    }

    /** The names that at least one dialect knows, in the order in which they turn up. */
    public Set<String> names() {
        return outcomes.values().stream()
                .flatMap(outcome -> outcome.processTypes().stream())
                .map(ProcessType::name)
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The names for which the dialects that accept the text do not all run the same. */
    public Set<String> differences() {
        return names().stream().filter(this::differs).collect(ImmutableSet.toImmutableSet());
    }

    /** Whether all dialects accept the text and run the same. */
    public boolean agrees() {
        return differences().isEmpty() && outcomes.values().stream().allMatch(Outcome::accepted);
    }

    /** The whole comparison: for each name who runs what, then who refuses the text and why. */
    @Override
    public String toString() {
        return ComparisonText.of(this);
    }

    private boolean differs(String name) {
        return outcomes.values().stream()
                        .filter(Outcome::accepted)
                        .map(outcome -> outcome.commands(name))
                        .distinct()
                        .count()
                > 1;
    }
}
