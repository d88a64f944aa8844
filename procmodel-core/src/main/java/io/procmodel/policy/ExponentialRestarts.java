package io.procmodel.policy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** At once, then pauses that grow by a factor. */
record ExponentialRestarts(Duration first, double factor, Duration max, double jitter, Duration resetAfter)
        implements RestartPolicy {
    ExponentialRestarts {
        require(!first.isNegative(), "first pause", first, "zero or more");
        require(factor >= 1, "factor", factor, "1 or more");
        require(max.compareTo(first) >= 0, "longest pause", max, "at least the first, " + first);
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "from 0 to 1");
        require(!resetAfter.isNegative(), "reset time", resetAfter, "zero or more");
    }

    private static void require(boolean holds, String what, Object value, String expected) {
        if (!holds) {
            throw new InvalidValueException(what, value.toString(), expected);
        }
    }

    @Override
    public Optional<Duration> pauseAfter(Crash crash) {
        if (crash.inARow() <= 1) {
            return Optional.of(Duration.ZERO);
        }
        double grown = (double) TimeUnit.MILLISECONDS.convert(first) * Math.pow(factor, crash.inARow() - 2.0);
        double pause = Math.min(grown, (double) TimeUnit.MILLISECONDS.convert(max));
        return Optional.of(Duration.ofMillis((long) (pause * (1 - jitter * crash.spread()))));
    }
}
