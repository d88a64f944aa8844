/**
 * The singleton clock: schedules say when, a lease says who, a ledger of runs says what has been done, so that no job
 * runs twice. The types of this package arrive with the clock's own issue; the module reserves its name and place.
 */
@NullMarked
package io.procmodel.scheduler;

import org.jspecify.annotations.NullMarked;
