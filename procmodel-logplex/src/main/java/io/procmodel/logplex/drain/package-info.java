/**
 * How lines leave the host: one engine that reads, batches, retries and counts, and one small target per kind of peer.
 * Internal; open {@link io.procmodel.logplex.drain.DrainEngine} first.
 */
@NullMarked
package io.procmodel.logplex.drain;

import org.jspecify.annotations.NullMarked;
