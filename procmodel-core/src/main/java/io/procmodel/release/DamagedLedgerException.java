package io.procmodel.release;

import io.procmodel.error.ProcModelException;
import io.procmodel.release.ReleaseLedger.Damage;

/**
 * A ledger holds a record that is not as it was written. Nothing was changed or cut; restore the store from a backup, or
 * copy out what is still readable: every release up to {@link #lastReadable()}.
 */
public final class DamagedLedgerException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final transient Damage damage;
    private final int lastReadable;

    /**
     * Creates the error.
     *
     * @param damage the first damaged record
     * @param lastReadable the newest version before it, 0 for none
     */
    public DamagedLedgerException(Damage damage, int lastReadable) {
        super("damaged release ledger: " + damage + "; still readable: "
                + (lastReadable == 0 ? "nothing" : "v1 to v" + lastReadable));
        this.damage = damage;
        this.lastReadable = lastReadable;
    }

    /** The first damaged record. */
    public Damage damage() {
        return damage;
    }

    /** The newest version before the damage, 0 for none. */
    public int lastReadable() {
        return lastReadable;
    }
}
