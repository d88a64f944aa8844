/**
 * The append-only ledger of an app: slug + config + add-ons = vN, durable before anything acts on it. Open
 * {@link io.procmodel.release.Release} first, then {@link io.procmodel.release.ReleaseLedger}.
 */
@NullMarked
package io.procmodel.release;

import org.jspecify.annotations.NullMarked;
