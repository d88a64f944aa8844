package io.procmodel.release;

/** What is durable of a ledger, as far as the next record depends on it. */
interface History {
    /** The newest version, 0 for none. */
    int newest();

    /** The present status of a version that is there. */
    ReleaseStatus status(int version);
}
