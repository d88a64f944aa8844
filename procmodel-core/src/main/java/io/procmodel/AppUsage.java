package io.procmodel;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The dyno hours of an app (Heroku: DYN-79), in months of UTC. Immutable.
 *
 * @param month the month that is running
 * @param used what was used in it so far, larger sizes weighted
 * @param quota what may be used in a month; zero means without limit
 * @param months what was used in each of the last months, this one included
 */
public record AppUsage(YearMonth month, Duration used, Duration quota, Map<YearMonth, Duration> months) {
    /** Copies the months, in their order. */
    public AppUsage {
        months = Collections.unmodifiableMap(new TreeMap<>(months));
    }

    /** What is left of the quota, zero if it is used up; empty if there is none. */
    public Optional<Duration> left() {
        Duration rest = quota.minus(used);
        return quota.isZero() ? Optional.empty() : Optional.of(rest.isNegative() ? Duration.ZERO : rest);
    }
}
