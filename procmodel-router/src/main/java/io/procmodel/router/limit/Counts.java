package io.procmodel.router.limit;

import io.procmodel.error.InvalidValueException;

/**
 * How many there may be. Immutable; each method gives a changed copy.
 *
 * @param attempts how many dynos one request tries to connect to (Heroku: 10, RTR-9)
 * @param perDyno requests in flight per web dyno, beyond which a request is refused (Heroku: 200, RTR-13)
 * @param waitingPerApp requests that wait for a dyno of one app
 * @param waiting requests that wait for dynos of all apps together
 * @param burst requests released at once to a dyno that has just come up
 * @param clients client connections
 */
public record Counts(int attempts, int perDyno, int waitingPerApp, int waiting, int burst, int clients) {
    /** Heroku's where Heroku publishes one. */
    public static final Counts HEROKU = new Counts(10, 200, 2000, 5000, 50, 20000);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is not more than zero
     */
    public Counts {
        check("attempts", attempts);
        check("perDyno", perDyno);
        check("waitingPerApp", waitingPerApp);
        check("waiting", waiting);
        check("burst", burst);
        check("clients", clients);
    }

    private static void check(String what, int value) {
        if (value < 1) {
            throw new InvalidValueException(what, String.valueOf(value), "more than zero");
        }
    }

    /** With another value of {@link #attempts()}. */
    public Counts attempts(int other) {
        return new Counts(other, perDyno, waitingPerApp, waiting, burst, clients);
    }

    /** With another value of {@link #perDyno()}. */
    public Counts perDyno(int other) {
        return new Counts(attempts, other, waitingPerApp, waiting, burst, clients);
    }

    /** With another value of {@link #waitingPerApp()}. */
    public Counts waitingPerApp(int other) {
        return new Counts(attempts, perDyno, other, waiting, burst, clients);
    }

    /** With another value of {@link #waiting()}. */
    public Counts waiting(int other) {
        return new Counts(attempts, perDyno, waitingPerApp, other, burst, clients);
    }

    /** With another value of {@link #burst()}. */
    public Counts burst(int other) {
        return new Counts(attempts, perDyno, waitingPerApp, waiting, other, clients);
    }

    /** With another value of {@link #clients()}. */
    public Counts clients(int other) {
        return new Counts(attempts, perDyno, waitingPerApp, waiting, burst, other);
    }
}
