package io.procmodel.scheduler.ledger;

/** The answer to the claim of a run. */
public enum Claim {
    /** The run is the claimant's, and nobody else's ever. */
    GRANTED,
    /** Somebody has the run already, or had it and it is history. */
    TAKEN,
    /** The claimant's lease is out of date: another has the lead. */
    FENCED
}
