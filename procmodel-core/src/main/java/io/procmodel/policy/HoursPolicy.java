package io.procmodel.policy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * How dyno hours are counted, and what happens when those of a month are used up. A dyno of a larger size uses several hours
 * in an hour; months are those of UTC. Immutable.
 *
 * @param sleepingCount whether dynos that sleep use hours (Heroku until 2015: yes, DYN-80; since: no, DYN-81)
 * @param quota the hours of one app in one month; zero means without limit
 * @param sleepWhenSpent whether every dyno of the formation sleeps to the end of the month then (DYN-82); otherwise the
 *     platform only tells
 */
public record HoursPolicy(boolean sleepingCount, Duration quota, boolean sleepWhenSpent) {
    /** Counted as at the founding, without limit: the default. */
    public static final HoursPolicy UNLIMITED = new HoursPolicy(true, Duration.ZERO, false);

    /** 750 hours for each app and month, sleeping dynos counted; the platform only tells (Heroku until 2015: DYN-80). */
    public static final HoursPolicy CLASSIC = new HoursPolicy(true, Duration.ofHours(750), false);

    /** 750 hours, sleeping dynos not counted, and sleep to the end of the month when they are used up. */
    public static final HoursPolicy FREE = new HoursPolicy(false, Duration.ofHours(750), true);

    /**
     * Checks the quota.
     *
     * @throws InvalidValueException if it is negative
     */
    public HoursPolicy {
        if (quota.isNegative()) {
            throw new InvalidValueException("dyno hours", quota.toString(), "zero or more");
        }
    }

    /** With another quota. */
    public HoursPolicy quota(Duration other) {
        return new HoursPolicy(sleepingCount, other, sleepWhenSpent);
    }

    /** Whether there is a quota. */
    public boolean isLimited() {
        return !quota.isZero();
    }
}
