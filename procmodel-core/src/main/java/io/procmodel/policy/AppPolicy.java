package io.procmodel.policy;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How the dynos of an app are started, kept, replaced and stopped. It belongs to the host's code, not to the app's history:
 * it is given when a platform is opened, and no release is made by changing it. Immutable; each method gives a changed
 * copy.
 *
 * @param rollout how dynos change over to a new release
 * @param bootTimeout how long a web dyno may take to accept connections (Heroku: 60 s, DYN-11)
 * @param cycling whether every dyno is restarted once every 24 hours and up to 216 minutes (Heroku: DYN-31)
 * @param runtimeMetrics whether load and memory of every dyno are logged about every 20 seconds (Heroku: DYN-59)
 * @param oneOffLimit how many one-off dynos may run at a time
 * @param attachedIdle how long a one-off dyno may stay attached without input and output (Heroku: an hour, DYN-64)
 * @param everyType what holds for process types that {@code types} does not name
 * @param types what holds for single process types
 * @param sleep whether the app sleeps when it has no requests
 * @param hours how its dyno hours are counted, and what happens when they are used up
 */
public record AppPolicy(
        Rollout rollout,
        Duration bootTimeout,
        boolean cycling,
        boolean runtimeMetrics,
        OneOffLimit oneOffLimit,
        Duration attachedIdle,
        TypePolicy everyType,
        Map<String, TypePolicy> types,
        SleepPolicy sleep,
        HoursPolicy hours) {
    /** Heroku's, without the daily cycling, and without sleep. */
    public static final AppPolicy HEROKU = new AppPolicy(
            Rollout.RESTART,
            Duration.ofSeconds(60),
            false,
            false,
            OneOffLimit.heroku(),
            Duration.ofHours(1),
            TypePolicy.HEROKU,
            Map.of(),
            SleepPolicy.NEVER,
            HoursPolicy.UNLIMITED);

    /**
     * Checks the times and copies the types.
     *
     * @throws InvalidValueException if a time is not more than zero
     */
    public AppPolicy {
        requireNonNull(rollout, "rollout");
        requireNonNull(oneOffLimit, "oneOffLimit");
        requireNonNull(everyType, "everyType");
        requireNonNull(sleep, "sleep");
        requireNonNull(hours, "hours");
        types = ImmutableMap.copyOf(types);
        requirePositive("boot timeout", bootTimeout);
        requirePositive("idle time of attached dynos", attachedIdle);
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidValueException(what, time.toString(), "more than zero");
        }
    }

    /** What holds for a process type. */
    public TypePolicy of(String type) {
        return types.getOrDefault(type, everyType);
    }

    /** With another rollout. */
    public AppPolicy rollout(Rollout other) {
        return new AppPolicy(
                other, bootTimeout, cycling, runtimeMetrics, oneOffLimit, attachedIdle, everyType, types, sleep, hours);
    }

    /** With another boot timeout. */
    public AppPolicy bootTimeout(Duration other) {
        return new AppPolicy(
                rollout, other, cycling, runtimeMetrics, oneOffLimit, attachedIdle, everyType, types, sleep, hours);
    }

    /** With or without daily cycling. */
    public AppPolicy cycling(boolean other) {
        return new AppPolicy(
                rollout, bootTimeout, other, runtimeMetrics, oneOffLimit, attachedIdle, everyType, types, sleep, hours);
    }

    /** With or without lines about load and memory in the log. */
    public AppPolicy runtimeMetrics(boolean other) {
        return new AppPolicy(
                rollout, bootTimeout, cycling, other, oneOffLimit, attachedIdle, everyType, types, sleep, hours);
    }

    /** With another limit of one-off dynos. */
    public AppPolicy oneOffLimit(OneOffLimit other) {
        return new AppPolicy(
                rollout, bootTimeout, cycling, runtimeMetrics, other, attachedIdle, everyType, types, sleep, hours);
    }

    /** With another limit of how long a one-off dyno may stay attached without input and output. */
    public AppPolicy attachedIdle(Duration other) {
        return new AppPolicy(
                rollout, bootTimeout, cycling, runtimeMetrics, oneOffLimit, other, everyType, types, sleep, hours);
    }

    /** With another policy for the types that are not named. */
    public AppPolicy everyType(UnaryOperator<TypePolicy> change) {
        return new AppPolicy(
                rollout,
                bootTimeout,
                cycling,
                runtimeMetrics,
                oneOffLimit,
                attachedIdle,
                change.apply(everyType),
                types,
                sleep,
                hours);
    }

    /** With a policy of its own for one process type, made from what holds for it so far. */
    public AppPolicy type(String type, UnaryOperator<TypePolicy> change) {
        Map<String, TypePolicy> changed = ImmutableMap.<String, TypePolicy>builder()
                .putAll(types)
                .put(type, change.apply(of(type)))
                .buildKeepingLast();
        return new AppPolicy(
                rollout,
                bootTimeout,
                cycling,
                runtimeMetrics,
                oneOffLimit,
                attachedIdle,
                everyType,
                changed,
                sleep,
                hours);
    }

    /** With another rule of when the app sleeps. */
    public AppPolicy sleep(SleepPolicy other) {
        return new AppPolicy(
                rollout,
                bootTimeout,
                cycling,
                runtimeMetrics,
                oneOffLimit,
                attachedIdle,
                everyType,
                types,
                other,
                hours);
    }

    /** With another rule of dyno hours. */
    public AppPolicy hours(HoursPolicy other) {
        return new AppPolicy(
                rollout,
                bootTimeout,
                cycling,
                runtimeMetrics,
                oneOffLimit,
                attachedIdle,
                everyType,
                types,
                sleep,
                other);
    }

    /** The longest grace of any type: how long stopping every dyno may take before SIGKILL. */
    public Duration longestStopGrace() {
        return types.values().stream()
                .map(TypePolicy::stopGrace)
                .reduce(everyType.stopGrace(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
}
