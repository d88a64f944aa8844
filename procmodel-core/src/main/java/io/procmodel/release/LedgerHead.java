package io.procmodel.release;

import io.procmodel.release.RecordHead.Kind;
import java.util.function.IntUnaryOperator;

/**
 * Where a shared ledger stands: what its next record follows.
 *
 * @param sequence of its last record, 0 for none
 * @param hash of its last record, in hex
 * @param newest the newest version, 0 for none
 * @param current the newest version that succeeded, 0 for none
 * @param configOf the version whose record holds the config vars of the newest release, 0 for none
 */
public record LedgerHead(long sequence, String hash, int newest, int current, int configOf) {
    /** The head of a ledger without records. */
    public static final LedgerHead EMPTY = new LedgerHead(0, LedgerRecord.ROOT, 0, 0, 0);

    /**
     * The head after one record more.
     *
     * @param newestSucceeded the newest version that succeeded, among those up to the one given
     */
    LedgerHead after(LedgerRecord record, int newConfigOf, IntUnaryOperator newestSucceeded) {
        boolean release = record.kind() == Kind.RELEASE;
        int succeeded = current;
        if (record.status() == ReleaseStatus.SUCCEEDED) {
            succeeded = Math.max(current, record.version());
        } else if (record.version() == current) {
            succeeded = newestSucceeded.applyAsInt(current - 1);
        }
        return new LedgerHead(
                record.sequence(), record.hash(), release ? record.version() : newest, succeeded, newConfigOf);
    }
}
