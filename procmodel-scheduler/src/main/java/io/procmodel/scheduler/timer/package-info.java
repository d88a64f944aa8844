/**
 * Things that are due at wall-clock times, in order of their times. Open {@link io.procmodel.scheduler.timer.TimerHeap}
 * first.
 */
@NullMarked
package io.procmodel.scheduler.timer;

import org.jspecify.annotations.NullMarked;
