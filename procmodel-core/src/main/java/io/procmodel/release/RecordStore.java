package io.procmodel.release;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the records of one shared ledger are kept: what is left to a database when {@link SharedReleaseLedger} does the
 * rest. Thread-safe; calls block, do not react to interrupts, and throw {@link io.procmodel.error.StorageException} when the
 * store refuses.
 */
public interface RecordStore {
    /** Where it is, in words, for messages: {@code the release ledger of shop}. */
    String place();

    /** Looks at the ledger as it is at one moment. */
    <T> T read(Function<Reading, T> work);

    /**
     * Runs work as the only writer of this ledger among all hosts. What it appends is durable when this returns, all of it;
     * none of it is there when this throws, unless the store went away while it confirmed, which the error says. The work
     * may be run more than once.
     */
    <T> T write(Function<Writing, T> work);

    /** What was kept as the ledger's keys, or empty. */
    Optional<String> keys();

    /** Keeps keys, durably, if those that are kept are still {@code before}; says whether they were. */
    boolean replaceKeys(Optional<String> before, String after);

    /** A look at the ledger. */
    interface Reading {
        /** Where the ledger stands. */
        LedgerHead head();

        /** The records about the versions from {@code first} to {@code last}, in the order of writing. */
        List<LedgerRecord> about(int first, int last);

        /** Up to {@code count} records after a sequence, in the order of writing. */
        List<LedgerRecord> after(long sequence, int count);

        /** The newest version up to {@code last} that succeeded and is still in that status, 0 for none. */
        int newestSucceeded(int last);
    }

    /** A change of the ledger. */
    interface Writing extends Reading {
        /** Adds a record; the readings of this change know of it. */
        void append(LedgerRecord record);

        /** Sets where the ledger stands after all that was appended; called once, last. */
        void advance(LedgerHead head);
    }
}
