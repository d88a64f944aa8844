package io.procmodel.logplex;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/** What lines survive. Immutable. */
public final class Persistence {
    private static final Persistence PROCESS = new Persistence("PROCESS", Duration.ZERO);
    private static final Persistence SYNC = new Persistence("SYNC", Duration.ZERO);

    private final String name;
    private final Duration interval;

    private Persistence(String name, Duration interval) {
        this.name = name;
        this.interval = interval;
    }

    /** Every line survives the end of the host's process, {@code kill -9} included, but not the end of its machine. */
    public static Persistence process() {
        return PROCESS;
    }

    /**
     * Lines also survive the end of the machine once they are older than an interval.
     *
     * @throws InvalidValueException if the interval is not between a millisecond and an hour
     */
    public static Persistence disk(Duration interval) {
        if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidValueException("journal interval", interval.toString(), "PT0.001S to PT1H");
        }
        return new Persistence("DISK", interval);
    }

    /** Every line is on the disk before its dyno can write on. */
    public static Persistence sync() {
        return SYNC;
    }

    boolean isSync() {
        return name.equals("SYNC");
    }

    boolean isDisk() {
        return name.equals("DISK");
    }

    Duration interval() {
        return interval;
    }

    @Override
    public String toString() {
        return isDisk() ? name + "(" + interval + ")" : name;
    }
}
