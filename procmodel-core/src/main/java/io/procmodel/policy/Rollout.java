package io.procmodel.policy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/** How the dynos of an app change over to a new release, to another size, or to themselves on a restart. */
public sealed interface Rollout {
    /**
     * Heroku's default: every dyno is sent SIGTERM and its successor is started at once, so that old and new run side by
     * side for as long as the old one takes to end (DYN-34).
     */
    Rollout RESTART = new Restart();

    /**
     * Web dynos: the successors of all of them start, and only when every one is up are the old ones stopped (Heroku:
     * PIPE-24, but with a check instead of three minutes). Other types as with {@link #RESTART} (PIPE-27).
     */
    Rollout PREBOOT = new Preboot();

    /**
     * {@code atOnce} dynos of each type at a time: the successor starts, and when it is up the old one is stopped. Dynos other
     * than web ones are up when they have started: see {@link #rolling(int, Duration)}.
     *
     * @throws InvalidValueException if {@code atOnce} is below 1
     */
    static Rollout rolling(int atOnce) {
        return new Rolling(atOnce, Duration.ZERO);
    }

    /**
     * The same, but the old one is stopped only when its successor has been up for a while: so a release whose workers end
     * soon after their start stops the rollout too.
     *
     * @param settle how long
     * @throws InvalidValueException if {@code atOnce} is below 1, or {@code settle} below zero
     */
    static Rollout rolling(int atOnce, Duration settle) {
        return new Rolling(atOnce, settle);
    }

    /** {@link #RESTART}. */
    record Restart() implements Rollout {}

    /** {@link #PREBOOT}. */
    record Preboot() implements Rollout {}

    /**
     * {@link #rolling}.
     *
     * @param atOnce how many successors may be on their way, per type
     * @param settle how long a successor has to be up before the old one is stopped
     */
    record Rolling(int atOnce, Duration settle) implements Rollout {
        /**
         * Checks both.
         *
         * @throws InvalidValueException if {@code atOnce} is below 1, or {@code settle} below zero
         */
        public Rolling {
            if (settle.isNegative()) {
                throw new InvalidValueException("time to settle", settle.toString(), "zero or more");
            }
            if (atOnce < 1) {
                throw new InvalidValueException("dynos at once", Integer.toString(atOnce), "1 or more");
            }
        }
    }
}
