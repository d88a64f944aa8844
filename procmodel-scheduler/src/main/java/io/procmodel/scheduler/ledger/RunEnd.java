package io.procmodel.scheduler.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * How a run ended.
 *
 * @param at when
 * @param outcome what became of it
 * @param exitStatus the exit status, if a dyno ran
 * @param note more about it, in words; may be empty
 */
public record RunEnd(Instant at, Outcome outcome, OptionalInt exitStatus, String note) {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    /** Checks that all is given; a NUL character in the note, which a database may refuse, is replaced. */
    public RunEnd {
        requireNonNull(at, "at");
        requireNonNull(outcome, "outcome");
        requireNonNull(exitStatus, "exitStatus");
        note = requireNonNull(note, "note").replace(NUL, REPLACEMENT);
    }

    /** An end without exit status. */
    public static RunEnd of(Instant at, Outcome outcome, String note) {
        return new RunEnd(at, outcome, OptionalInt.empty(), note);
    }
}
