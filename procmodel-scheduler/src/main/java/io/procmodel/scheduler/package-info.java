/**
 * The singleton clock: schedules say when, a lease says who, a ledger of runs says what has been done, so that no job
 * runs twice. Open {@link io.procmodel.scheduler.Schedule} first.
 */
@NullMarked
package io.procmodel.scheduler;

import org.jspecify.annotations.NullMarked;
