package io.procmodel.local;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * How a local run ended.
 *
 * @param exits every end of a process, in order
 */
public record LocalRunResult(List<LocalExit> exits) {
    /** Copies the list. */
    public LocalRunResult {
        exits = ImmutableList.copyOf(exits);
    }

    /** The first process that ended by itself, which ended the run if its policy said so. */
    public Optional<LocalExit> first() {
        return exits.stream().filter(exit -> !exit.askedTo()).findFirst();
    }

    /** The first process that ended by itself with another status than 0. */
    public Optional<LocalExit> firstFailure() {
        return exits.stream()
                .filter(exit -> !exit.askedTo() && exit.exit().status() != 0)
                .findFirst();
    }

    /** What a command line tool should exit with: the status of the first failure, 128 + n for a signal, else 0. */
    public int exitStatus() {
        return firstFailure().map(failure -> failure.exit().status()).orElse(0);
    }
}
