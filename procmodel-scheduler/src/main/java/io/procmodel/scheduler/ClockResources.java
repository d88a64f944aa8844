package io.procmodel.scheduler;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What a scheduler gives back in the end.
 *
 * @param callbacks where callbacks run
 * @param patience how long runs may go on after a close
 * @param grace how long they may take to end when they are stopped
 * @param closing closes what the scheduler made itself
 */
record ClockResources(Executor callbacks, Duration patience, Duration grace, Runnable closing) {
    void close() {
        closing.run();
    }
}
