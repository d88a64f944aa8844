package io.procmodel.release;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import java.util.List;
import java.util.Optional;

/**
 * The history of one app: releases that are only ever appended, never edited or removed (Heroku: REL-1). An SPI; each
 * implementation passes the contract suite that comes with it. Thread-safe. Calls block on the store and do not react to
 * interrupts; the interrupt status is kept.
 *
 * <p>Every method but {@link #close()} throws {@link LedgerClosedException} on a closed ledger, {@link StorageException}
 * when the store refuses, and {@link DamagedLedgerException} when it comes upon a damaged record.
 */
public interface ReleaseLedger extends AutoCloseable {
    /**
     * Appends a release under the next version and the present time. It is durable when this returns. When this throws
     * instead, readers of this ledger never see the release.
     *
     * @throws StaleReleaseException if the draft is based on a version that is not the newest any more
     */
    Release append(ReleaseDraft draft);

    /**
     * Records, durably, that a release came to another status.
     *
     * @return the release in its new status
     * @throws NoSuchReleaseException if there is no such version
     * @throws InvalidValueException if the release cannot come to that status; see {@link ReleaseStatus#canBecome}
     */
    Release changeStatus(int version, ReleaseStatus status);

    /** The release of a version, in its present status. */
    Optional<Release> get(int version);

    /** The newest release that succeeded (Heroku: REL-9); the newest release of all need not be the current one. */
    Optional<Release> current();

    /** The newest {@code count} releases, or all if there are fewer, newest first (Heroku: REL-26). */
    List<Release> newest(int count);

    /** All releases, newest first. It reads the whole history; {@link #newest} reads as much as is asked for. */
    default List<Release> list() {
        return newest(Integer.MAX_VALUE);
    }

    /** Reads the whole history and checks that no record was changed, removed or reordered. */
    Verification verify();

    /** Waits for appends that are under way and lets go of the store. Idempotent. */
    @Override
    void close();

    /**
     * What a check of the whole history found.
     *
     * @param records how many records are intact from the beginning; a change of status is a record too
     * @param damage the first record that is not as it was written, or empty if all are
     */
    record Verification(long records, Optional<Damage> damage) {
        /** Whether every record is as it was written. */
        public boolean isIntact() {
            return damage.isEmpty();
        }

        /** For example {@code intact, 51 records}, or the damage in words. */
        @Override
        public String toString() {
            return damage.map(Damage::toString).orElse("intact, " + records + " records");
        }
    }

    /**
     * A record that was changed, removed or moved.
     *
     * @param record its place in the order of writing, from 1
     * @param place where in the store, for example a file and an offset in bytes
     * @param problem what is wrong there
     */
    record Damage(long record, String place, String problem) {
        /** For example {@code record 17 at releases.log, offset 12345: the checksum does not match}. */
        @Override
        public String toString() {
            return "record " + record + " at " + place + ": " + problem;
        }
    }
}
