package io.procmodel.logplex;

import io.procmodel.error.InvalidValueException;
import io.procmodel.logplex.drain.Turnover;
import java.time.Duration;

/**
 * When a file drain puts its file aside and begins a new one: {@code shop.log} becomes {@code shop.log.1}, the one before
 * it {@code shop.log.2}. Immutable; each method gives a changed copy.
 */
public final class FileRotation {
    private final Turnover turnover;

    private FileRotation(Turnover turnover) {
        this.turnover = turnover;
    }

    /**
     * Puts the file aside before it passes a size.
     *
     * @param bytes the size
     * @param keep how many old files are kept
     * @throws InvalidValueException if {@code bytes} is not positive or {@code keep} is negative
     */
    public static FileRotation at(long bytes, int keep) {
        if (bytes <= 0) {
            throw new InvalidValueException("rotation size", String.valueOf(bytes), "1 byte or more");
        }
        if (keep < 0) {
            throw new InvalidValueException("number of old files", String.valueOf(keep), "0 or more");
        }
        return new FileRotation(new Turnover(bytes, Long.MAX_VALUE, keep, false));
    }

    /**
     * Also puts it aside when it has been written to for so long.
     *
     * @throws InvalidValueException if the age is not positive
     */
    public FileRotation every(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new InvalidValueException("rotation age", age.toString(), "a positive duration");
        }
        return new FileRotation(new Turnover(turnover.maxBytes(), age.toNanos(), turnover.keep(), turnover.gzip()));
    }

    /** Also compresses the files that are put aside. */
    public FileRotation gzip() {
        return new FileRotation(new Turnover(turnover.maxBytes(), turnover.maxAgeNanos(), turnover.keep(), true));
    }

    Turnover turnover() {
        return turnover;
    }
}
