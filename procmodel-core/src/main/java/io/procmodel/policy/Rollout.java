package io.procmodel.policy;

import io.procmodel.error.InvalidValueException;

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
     * {@code atOnce} dynos of each type at a time: the successor starts, and when it is up the old one is stopped.
     *
     * @throws InvalidValueException if {@code atOnce} is below 1
     */
    static Rollout rolling(int atOnce) {
        return new Rolling(atOnce);
    }

    /** {@link #RESTART}. */
    record Restart() implements Rollout {}

    /** {@link #PREBOOT}. */
    record Preboot() implements Rollout {}

    /**
     * {@link #rolling}.
     *
     * @param atOnce how many successors may be starting, per type
     */
    record Rolling(int atOnce) implements Rollout {
        /**
         * Checks the number.
         *
         * @throws InvalidValueException if it is below 1
         */
        public Rolling {
            if (atOnce < 1) {
                throw new InvalidValueException("dynos at once", Integer.toString(atOnce), "1 or more");
            }
        }
    }
}
