package io.procmodel.addon.partner;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * How patient a host is with a partner's service.
 *
 * @param connectTimeout for a connection
 * @param timeout for a whole answer; the partner must answer within 25 seconds (Heroku: ADD-23)
 * @param attempts how often a request is sent at most; it is the same request to the partner, by its uuid
 * @param firstPause before the second attempt; it doubles each time
 */
public record PartnerOptions(Duration connectTimeout, Duration timeout, int attempts, Duration firstPause) {
    /** 5 seconds for a connection, 25 for an answer, 4 attempts, pauses of 1, 2 and 4 seconds. */
    public static final PartnerOptions STANDARD =
            new PartnerOptions(Duration.ofSeconds(5), Duration.ofSeconds(25), 4, Duration.ofSeconds(1));

    /** Checks that times are more than zero and that there is an attempt. */
    public PartnerOptions {
        requirePositive("connect time-out", connectTimeout);
        requirePositive("time-out", timeout);
        if (attempts < 1) {
            throw new InvalidValueException("attempts", Integer.toString(attempts), "1 or more");
        }
        if (firstPause.isNegative()) {
            throw new InvalidValueException("first pause", firstPause.toString(), "zero or more");
        }
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidValueException(what, duration.toString(), "more than zero");
        }
    }
}
