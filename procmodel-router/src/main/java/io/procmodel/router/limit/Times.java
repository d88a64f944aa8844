package io.procmodel.router.limit;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * How long things may take. Immutable; each method gives a changed copy.
 *
 * @param connect how long a connect to a dyno may take (Heroku: 5 s, RTR-7)
 * @param firstByte from the end of the request to the first byte of the response (Heroku: 30 s, RTR-15)
 * @param rolling how long a client or a dyno that is to say something may be silent after that (Heroku: 55 s, RTR-16)
 * @param boot how long a request waits for a dyno to be up (Heroku: 75 s, RTR-12)
 * @param quarantine how long a dyno that could not be connected to is left alone (Heroku: 5 s, RTR-8)
 * @param head how long a client may take to send the head of a request
 * @param idleClient how long a client connection may be open without a request (Heroku: 60 s, RTR-18)
 * @param idleDyno how long a connection to a dyno is kept for the next request; shorter than what app servers allow (Heroku: 90 s)
 * @param drain how long a dyno that is about to be stopped may go on with the requests that it has
 */
public record Times(
        Duration connect,
        Duration firstByte,
        Duration rolling,
        Duration boot,
        Duration quarantine,
        Duration head,
        Duration idleClient,
        Duration idleDyno,
        Duration drain) {
    /** Heroku's, except for idle connections to dynos. */
    public static final Times HEROKU = new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(55),
            Duration.ofSeconds(75),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(4),
            Duration.ofSeconds(30));

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is not more than zero
     */
    public Times {
        check("connect", connect);
        check("firstByte", firstByte);
        check("rolling", rolling);
        check("boot", boot);
        check("quarantine", quarantine);
        check("head", head);
        check("idleClient", idleClient);
        check("idleDyno", idleDyno);
        check("drain", drain);
    }

    private static void check(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidValueException(what, String.valueOf(value), "more than zero");
        }
    }

    /** With another value of {@link #connect()}. */
    public Times connect(Duration other) {
        return new Times(other, firstByte, rolling, boot, quarantine, head, idleClient, idleDyno, drain);
    }

    /** With another value of {@link #firstByte()}. */
    public Times firstByte(Duration other) {
        return new Times(connect, other, rolling, boot, quarantine, head, idleClient, idleDyno, drain);
    }

    /** With another value of {@link #rolling()}. */
    public Times rolling(Duration other) {
        return new Times(connect, firstByte, other, boot, quarantine, head, idleClient, idleDyno, drain);
    }

    /** With another value of {@link #boot()}. */
    public Times boot(Duration other) {
        return new Times(connect, firstByte, rolling, other, quarantine, head, idleClient, idleDyno, drain);
    }

    /** With another value of {@link #quarantine()}. */
    public Times quarantine(Duration other) {
        return new Times(connect, firstByte, rolling, boot, other, head, idleClient, idleDyno, drain);
    }

    /** With another value of {@link #head()}. */
    public Times head(Duration other) {
        return new Times(connect, firstByte, rolling, boot, quarantine, other, idleClient, idleDyno, drain);
    }

    /** With another value of {@link #idleClient()}. */
    public Times idleClient(Duration other) {
        return new Times(connect, firstByte, rolling, boot, quarantine, head, other, idleDyno, drain);
    }

    /** With another value of {@link #idleDyno()}. */
    public Times idleDyno(Duration other) {
        return new Times(connect, firstByte, rolling, boot, quarantine, head, idleClient, other, drain);
    }

    /** With another value of {@link #drain()}. */
    public Times drain(Duration other) {
        return new Times(connect, firstByte, rolling, boot, quarantine, head, idleClient, idleDyno, other);
    }
}
