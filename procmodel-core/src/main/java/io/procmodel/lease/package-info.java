/**
 * A right that one holder at a time has, however many hosts want it: who may fire a clock's jobs, who may run a singleton
 * dyno. Open {@link io.procmodel.lease.Lease} first, the seam; {@link io.procmodel.lease.FileLease} is for one machine.
 */
@NullMarked
package io.procmodel.lease;

import org.jspecify.annotations.NullMarked;
