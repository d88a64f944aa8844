package io.procmodel;

import io.procmodel.name.AppName;
import io.procmodel.traffic.FrontDoor;
import io.procmodel.traffic.WebState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front doors of a platform. They are host code, so none of them can harm the control thread, on which all of this
 * runs except {@link #add}, {@link #remove} and {@link #wake}.
 */
final class Doors {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final List<FrontDoor> doors = new CopyOnWriteArrayList<>();
    private final Map<String, AppName> domains = new ConcurrentHashMap<>();
    private final Map<AppName, Runnable> wakes = new ConcurrentHashMap<>();

    void add(FrontDoor door) {
        doors.add(door);
    }

    void remove(FrontDoor door) {
        doors.remove(door);
    }

    /** The longest time that a door wants for a drain; null if there is no door. */
    @Nullable
    Duration drainLimit() {
        return doors.stream()
                .map(door -> ask(door, FrontDoor::drainLimit, Duration.ZERO))
                .max(Duration::compareTo)
                .orElse(null);
    }

    /** Makes a host name an app's unless another app has it; returns who has it. */
    Optional<AppName> claim(String domain, AppName app) {
        return Optional.ofNullable(domains.putIfAbsent(domain, app));
    }

    /** Gives a host name up. */
    void disclaim(String domain, AppName app) {
        domains.remove(domain, app);
    }

    /** How an app is woken; called by its manager once. */
    void onWake(AppName app, Runnable wake) {
        wakes.put(app, wake);
    }

    /** Wakes an app, from any thread. */
    void wake(AppName app) {
        Runnable wake = wakes.get(app);
        if (wake != null) {
            wake.run();
        }
    }

    void publish(WebState state) {
        doors.forEach(door -> safely(door, it -> it.changed(state)));
    }

    /** Runs {@code drained} once, when every door has no more requests for the dyno. */
    void drain(AppName app, long instance, Runnable drained) {
        List<FrontDoor> asked = List.copyOf(doors);
        if (asked.isEmpty()) {
            drained.run();
        }
        AtomicInteger open = new AtomicInteger(asked.size());
        for (FrontDoor door : asked) {
            AtomicBoolean told = new AtomicBoolean();
            Runnable done = () -> {
                if (told.compareAndSet(false, true) && open.decrementAndGet() == 0) {
                    drained.run();
                }
            };
            if (!safely(door, it -> it.drain(app, instance, done))) {
                done.run();
            }
        }
    }

    /** How long no door has had a request for the app: zero if one has; empty if there is no door to ask. */
    Optional<Duration> idleFor(AppName app) {
        return doors.stream()
                .map(door -> ask(door, it -> it.idleFor(app), Optional.<Duration>empty())
                        .orElse(Duration.ZERO))
                .min(Duration::compareTo);
    }

    private static boolean safely(FrontDoor door, Consumer<FrontDoor> call) {
        return ask(
                door,
                it -> {
                    call.accept(it);
                    return true;
                },
                false);
    }

    private static <T> T ask(FrontDoor door, Function<FrontDoor, T> question, T otherwise) {
        try {
            return question.apply(door);
        } catch (RuntimeException e) {
            LOG.warn("front door {} failed", door, e);
            return otherwise;
        }
    }
}
