/**
 * What has run, and the claim without which nothing runs: of all who want to start a job for an instant, one is granted it,
 * for good. Open {@link io.procmodel.scheduler.ledger.RunLedger} first, the seam.
 */
@NullMarked
package io.procmodel.scheduler.ledger;

import org.jspecify.annotations.NullMarked;
