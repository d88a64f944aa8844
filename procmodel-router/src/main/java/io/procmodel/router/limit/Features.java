package io.procmodel.router.limit;

/**
 * Behaviours that can be switched. Immutable; each method gives a changed copy.
 *
 * @param keepAlive whether connections to dynos are used again (Heroku: RTR-5)
 * @param endToEndContinue whether {@code Expect: 100-continue} is the dyno's to answer, not the router's (Heroku: RTR-27)
 * @param foldEqualLengths whether a response with several equal {@code Content-Length} is accepted
 * @param affinity whether a client is sent to the same dyno again, by a cookie (Heroku: RTR-6)
 */
public record Features(boolean keepAlive, boolean endToEndContinue, boolean foldEqualLengths, boolean affinity) {
    /** Heroku's defaults. */
    public static final Features HEROKU = new Features(true, false, false, false);

    /** With or without keep-alive to dynos. */
    public Features keepAlive(boolean other) {
        return new Features(other, endToEndContinue, foldEqualLengths, affinity);
    }

    /** With or without {@code Expect} passed on. */
    public Features endToEndContinue(boolean other) {
        return new Features(keepAlive, other, foldEqualLengths, affinity);
    }

    /** With or without tolerance for equal lengths. */
    public Features foldEqualLengths(boolean other) {
        return new Features(keepAlive, endToEndContinue, other, affinity);
    }

    /** With or without session affinity. */
    public Features affinity(boolean other) {
        return new Features(keepAlive, endToEndContinue, foldEqualLengths, other);
    }
}
