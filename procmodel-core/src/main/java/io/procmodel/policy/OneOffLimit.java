package io.procmodel.policy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.DynoSize;

/** How many one-off dynos of a size an app may have at a time. Implementations are immutable. */
@FunctionalInterface
public interface OneOffLimit {
    /** The limit for a size, from 0. */
    int of(DynoSize size);

    /** Heroku's: 1 Eco, 50 Basic or Standard, 5 Performance (Heroku: DYN-76). */
    static OneOffLimit heroku() {
        return new HerokuOneOffs();
    }

    /**
     * The same limit for every size.
     *
     * @throws InvalidValueException if it is below 0
     */
    static OneOffLimit of(int limit) {
        if (limit < 0) {
            throw new InvalidValueException("limit of one-off dynos", Integer.toString(limit), "0 or more");
        }
        return size -> limit;
    }
}
