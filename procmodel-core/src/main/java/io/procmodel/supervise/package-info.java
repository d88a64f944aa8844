/**
 * Desired against actual: decides which dynos of an app to start and stop, and when, as a pure function of state, fact
 * and time; it knows no process, thread or clock. Open {@link io.procmodel.supervise.Supervision} first; the table of
 * transitions is at {@link io.procmodel.supervise.Phase}.
 */
@NullMarked
package io.procmodel.supervise;

import org.jspecify.annotations.NullMarked;
