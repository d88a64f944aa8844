package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogSink;
import io.procmodel.supervise.RestartPolicy;
import io.procmodel.supervise.SupervisionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Collects what a platform needs and opens it. Not thread-safe; may be used for one platform only. */
public final class PlatformBuilder {
    private @Nullable Path home;
    private LogSink logs = LogSink.discarding();
    private String user = System.getProperty("user.name", "host");
    private InstantSource clock = InstantSource.system();
    private Random random = new Random();
    private Map<String, String> hostEnvironment = System.getenv();
    private Duration bootTimeout = SupervisionPolicy.DEFAULT.bootTimeout();
    private Duration stopGrace = SupervisionPolicy.DEFAULT.stopGrace();
    private Duration firstRestartPause = RestartPolicy.DEFAULT.first();
    private Duration longestRestartPause = RestartPolicy.DEFAULT.longest();

    PlatformBuilder() {}

    /** Where everything durable lives. Required; created if missing, and used by one platform at a time. */
    public PlatformBuilder home(Path home) {
        this.home = requireNonNull(home, "home");
        return this;
    }

    /** Where the lines of dynos and platform go; forgotten by default. The platform never closes it. */
    public PlatformBuilder logs(LogSink logs) {
        this.logs = requireNonNull(logs, "logs");
        return this;
    }

    /** Who makes the changes, as the releases and the log shall say; the operating system's user by default. */
    public PlatformBuilder user(String user) {
        if (user.isBlank() || user.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("user", user, "one line of text, not blank");
        }
        this.user = user;
        return this;
    }

    /** How long a web dyno may take to accept connections; 60 s by default (Heroku: DYN-11). */
    public PlatformBuilder bootTimeout(Duration bootTimeout) {
        this.bootTimeout = requirePositive("boot timeout", bootTimeout);
        return this;
    }

    /** How long a dyno may take to end after SIGTERM; 30 s by default (Heroku: DYN-47). */
    public PlatformBuilder stopGrace(Duration stopGrace) {
        this.stopGrace = requirePositive("stop grace", stopGrace);
        return this;
    }

    /**
     * How long a dyno that keeps crashing waits: its first restart is at once, the second after {@code first}, each further
     * one twice as long, up to {@code longest}. 1 s and 5 minutes by default.
     *
     * @throws InvalidValueException if one is not positive or {@code longest} is shorter than {@code first}
     */
    public PlatformBuilder restartPause(Duration first, Duration longest) {
        requirePositive("first pause", first);
        if (longest.compareTo(first) < 0) {
            throw new InvalidValueException("longest pause", longest.toString(), "at least the first, " + first);
        }
        this.firstRestartPause = first;
        this.longestRestartPause = longest;
        return this;
    }

    /** What time it is; the system's clock by default. */
    public PlatformBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** Chooses ports; seeded by the system by default. */
    public PlatformBuilder random(Random random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /**
     * The environment of which builds and dynos see an allow-list: {@code PATH}, the locale, the time zone and a few more
     * names; that of this process by default.
     */
    public PlatformBuilder hostEnvironment(Map<String, String> environment) {
        this.hostEnvironment = Map.copyOf(environment);
        return this;
    }

    /**
     * Opens the platform: claims the home, and starts the formation of every app in it. Returns when that is decided;
     * {@link AppDynos#awaitUp} waits for the dynos.
     *
     * @throws IllegalStateException if no home was given
     * @throws HomeInUseException if another platform has the home open
     * @throws HomeUnusableException if the home cannot be created or written
     */
    public Platform open() {
        if (home == null) {
            throw new IllegalStateException("home: not set (expected: a directory, with home(Path))");
        }
        return Platform.open(home, this);
    }

    private static Duration requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidValueException(what, value.toString(), "more than zero");
        }
        return value;
    }

    SupervisionPolicy supervision() {
        return new SupervisionPolicy(
                bootTimeout,
                stopGrace,
                new RestartPolicy(firstRestartPause, longestRestartPause, RestartPolicy.DEFAULT.resetAfter()));
    }

    LogSink logs() {
        return logs;
    }

    String user() {
        return user;
    }

    InstantSource clock() {
        return clock;
    }

    Random random() {
        return random;
    }

    Map<String, String> hostEnvironment() {
        return hostEnvironment;
    }
}
