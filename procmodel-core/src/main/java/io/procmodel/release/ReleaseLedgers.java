package io.procmodel.release;

import io.procmodel.name.AppName;
import java.util.List;

/**
 * Where the ledgers of all apps of a platform are, and so which apps there are. An SPI: files in the platform's home by
 * default, a database for hosts that share their apps. Thread-safe; calls block on the store and throw
 * {@link io.procmodel.error.StorageException} when it refuses.
 */
public interface ReleaseLedgers {
    /** Whether other hosts may append to the same ledgers at the same time. */
    boolean isShared();

    /** The apps that have a ledger, by name. */
    List<AppName> apps();

    /**
     * Creates the ledger of an app with its first release: both are there when this returns, and neither is after a crash
     * or an error.
     *
     * @return false if the app has a ledger already
     */
    boolean create(AppName app, ReleaseDraft first, LedgerOptions options);

    /** Opens the ledger of an app that has one. */
    ReleaseLedger open(AppName app, LedgerOptions options);
}
