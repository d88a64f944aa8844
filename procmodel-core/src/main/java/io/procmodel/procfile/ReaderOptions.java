package io.procmodel.procfile;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ProcfileReader} was told.
 *
 * @param dialect whose rules count
 * @param continuation whether a backslash joins the next line
 * @param nameLimit how long a name may be
 * @param duplicates what happens to duplicates, or null for the dialect's rule
 */
record ReaderOptions(
        ProcfileDialect dialect,
        boolean continuation,
        int nameLimit,
        @Nullable DuplicateTypes duplicates) {
    static final int NAME_LIMIT = 63;

    static ReaderOptions of(ProcfileDialect dialect) {
        return new ReaderOptions(dialect, false, NAME_LIMIT, null);
    }

    ReaderOptions withDialect(ProcfileDialect value) {
        return new ReaderOptions(value, continuation, nameLimit, duplicates);
    }

    ReaderOptions withContinuation(boolean value) {
        return new ReaderOptions(dialect, value, nameLimit, duplicates);
    }

    ReaderOptions withNameLimit(int value) {
        return new ReaderOptions(dialect, continuation, value, duplicates);
    }

    ReaderOptions withDuplicates(DuplicateTypes value) {
        return new ReaderOptions(dialect, continuation, nameLimit, value);
    }
}
