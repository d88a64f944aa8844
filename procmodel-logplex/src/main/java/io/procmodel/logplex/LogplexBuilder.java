package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.logplex.journal.JournalLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Settings for a {@link Logplex}, all of which have Heroku's values until they are changed. Not thread-safe. */
public final class LogplexBuilder {
    private static final long LEAST_JOURNAL = 8L * 1024 * 1024;
    private static final long MOST_JOURNAL = 1L << 40;
    private static final long MOST_SEGMENT = 64L * 1024 * 1024;

    private int historyLines = 1500;
    private int historyBytes = 4 * 1024 * 1024;
    private int maxLineBytes = 10_000;
    private InstantSource clock = Clock.systemUTC();
    private @Nullable ScheduledExecutorService scheduler;
    private LongSupplier ticker = System::nanoTime;
    private RandomGenerator random = RandomGenerator.getDefault();
    private int drainsPerApp = 5;
    private boolean insecureDrains;
    private boolean separateErrors;
    private @Nullable RateLimit rateLimit;
    private @Nullable Path journalDirectory;
    private Persistence persistence = Persistence.process();
    private long journalBytes = 256L * 1024 * 1024;
    private int segmentBytes = 64 * 1024 * 1024;

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

    /** How many drains an app may have, 0 to 1,000; 5 by default (Heroku: LOG-24). */
    public LogplexBuilder drainsPerApp(int drains) {
        drainsPerApp = drains;
        return this;
    }

    /**
     * Lets a {@code syslog+tls} drain that ends in {@code #insecure} go without any check of whom it talks to (Heroku:
     * LOG-23). Refused by default.
     */
    public LogplexBuilder allowInsecureDrains() {
        insecureDrains = true;
        return this;
    }

    /**
     * Reads standard output and standard error of dynos apart, and marks their lines; the order of one against the other is
     * then lost. By default they are merged, in the exact order of writing (Heroku: LOG-1).
     */
    public LogplexBuilder separateErrors() {
        separateErrors = true;
        return this;
    }

    /** Drops what a dyno or an app says beyond a rate, and names it; nobody is limited by default. */
    public LogplexBuilder rateLimit(RateLimit limit) {
        rateLimit = requireNonNull(limit, "limit");
        return this;
    }

    /** Spreads the retries of drains; a generator that is thread-safe. */
    public LogplexBuilder random(RandomGenerator generator) {
        random = requireNonNull(generator, "generator");
        return this;
    }

    /**
     * Keeps lines in files below a directory, of which this logplex must be the only user. History then reaches back as far
     * as the files do, also into earlier runs; drains that are behind lose nothing before that; and a drain that is added
     * with the token it had goes on where it stood.
     *
     * @param directory made if it is not there
     * @param level what lines survive
     */
    public LogplexBuilder journal(Path directory, Persistence level) {
        journalDirectory = requireNonNull(directory, "directory");
        persistence = requireNonNull(level, "level");
        return this;
    }

    /** How many bytes of files each app has at most, from 8 MiB to 1 TiB; 256 MiB by default. The oldest lines go first. */
    public LogplexBuilder journalBytes(long bytes) {
        if (bytes < LEAST_JOURNAL || bytes > MOST_JOURNAL) {
            throw new InvalidValueException("journal bytes", String.valueOf(bytes), "8 MiB to 1 TiB");
        }
        journalBytes = bytes;
        segmentBytes = (int) Math.min(MOST_SEGMENT, bytes / 4);
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
                new LogplexSettings(
                        historyLines,
                        historyBytes,
                        maxLineBytes,
                        clock,
                        ticker,
                        random,
                        drainsPerApp,
                        insecureDrains,
                        separateErrors,
                        rateLimit,
                        journal()),
                new IdleTimer(scheduler, ticker));
    }

    private @Nullable JournalSettings journal() {
        if (journalDirectory == null) {
            return null;
        }
        boolean forces = persistence.isDisk() || persistence.isSync();
        return new JournalSettings(
                journalDirectory, persistence, new JournalLimits(segmentBytes, journalBytes, maxLineBytes, forces));
    }
}
