package io.procmodel.logplex;

import io.procmodel.error.InvalidValueException;
import io.procmodel.logplex.line.Piece;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a {@link LogplexBuilder} has checked. */
record LogplexSettings(
        int historyLines,
        int historyBytes,
        int maxLineBytes,
        InstantSource clock,
        LongSupplier ticker,
        RandomGenerator random,
        int drainsPerApp,
        boolean insecureDrains,
        boolean separateErrors,
        @Nullable RateLimit rateLimit,
        @Nullable JournalSettings journal) {
    private static final int MOST_LINES = 10_000_000;
    private static final int MOST_BYTES = 1 << 30;
    private static final int LINE_END = 2;
    private static final int MOST_DRAINS = 1000;

    LogplexSettings {
        checkedHistoryLines(historyLines);
        checkRange("max line bytes", maxLineBytes, 1, Piece.MAX_LENGTH);
        checkRange("history bytes", historyBytes, maxLineBytes + LINE_END, MOST_BYTES);
        checkRange("drains per app", drainsPerApp, 0, MOST_DRAINS);
    }

    static int checkedHistoryLines(int lines) {
        return checkRange("history lines", lines, 1, MOST_LINES);
    }

    private static int checkRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidValueException(what, String.valueOf(value), least + " to " + most);
        }
        return value;
    }
}
