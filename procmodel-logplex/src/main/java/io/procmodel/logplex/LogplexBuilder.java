package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Settings for a {@link Logplex}, all of which have Heroku's values until they are changed. Not thread-safe. */
public final class LogplexBuilder {
    private int historyLines = 1500;
    private int historyBytes = 4 * 1024 * 1024;
    private int maxLineBytes = 10_000;
    private InstantSource clock = Clock.systemUTC();
    private @Nullable ScheduledExecutorService scheduler;
    private LongSupplier ticker = System::nanoTime;

    LogplexBuilder() {}

    /** How many lines each app's history holds, 1 to 10,000,000; 1,500 by default (Heroku: LOG-13). */
    public LogplexBuilder history(int lines) {
        historyLines = lines;
        return this;
    }

    /**
     * How many bytes each app's history holds at most, so that long lines cannot take all memory: from the longest line
     * and its end to 1 GiB; 4 MiB by default. Memory is taken as lines come, never ahead.
     */
    public LogplexBuilder historyBytes(int bytes) {
        historyBytes = bytes;
        return this;
    }

    /** Where a line is cut in two, 1 byte to 1 MiB; 10,000 bytes by default (Heroku: LOG-2). */
    public LogplexBuilder maxLineBytes(int bytes) {
        maxLineBytes = bytes;
        return this;
    }

    /** Tells the time of lines; the system's clock by default. */
    public LogplexBuilder clock(InstantSource source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Calls back when an unfinished line has waited long enough to be shown. By default one daemon thread does it for
     * all apps. The host's scheduler stays open when the logplex is closed.
     */
    public LogplexBuilder scheduler(ScheduledExecutorService executor) {
        scheduler = requireNonNull(executor, "executor");
        return this;
    }

    LogplexBuilder ticker(LongSupplier nanoTime) {
        ticker = nanoTime;
        return this;
    }

    /**
     * Creates the logplex.
     *
     * @throws InvalidValueException if a setting is out of its range
     */
    public Logplex build() {
        return new Logplex(
                new LogplexSettings(historyLines, historyBytes, maxLineBytes, clock), new IdleTimer(scheduler, ticker));
    }
}
