package io.procmodel.router;

import java.util.Map;

/**
 * What a router has done since it was started.
 *
 * @param clients client connections open now
 * @param waiting requests that wait for a dyno now
 * @param requests requests of apps that have ended
 * @param refused requests refused before it was known which app they were for
 * @param failures of the requests, how many failed, by H code
 * @param faults faults of the router itself; more than zero is a defect
 * @param droppedLines log lines dropped because the sink was stalled
 */
public record RouterStats(
        int clients,
        int waiting,
        long requests,
        long refused,
        Map<String, Long> failures,
        long faults,
        long droppedLines) {
    /** Copies the map. */
    public RouterStats {
        failures = Map.copyOf(failures);
    }
}
