package io.procmodel.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.procmodel.Platform;
import io.procmodel.Subscription;
import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.event.AppCreated;
import io.procmodel.event.DynoCompleted;
import io.procmodel.event.DynoCrashed;
import io.procmodel.event.DynoEvent;
import io.procmodel.event.DynoStarting;
import io.procmodel.event.DynoUp;
import io.procmodel.event.PlatformEvent;
import io.procmodel.event.ReleaseCreated;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Meters of a platform. Close it before the platform. Thread-safe.
 *
 * <ul>
 *   <li>{@code procmodel.dynos}: a gauge by {@code app}, {@code type} and {@code state}
 *   <li>{@code procmodel.dyno.memory} in bytes, as it was sampled last: a gauge by {@code app} and {@code type}
 *   <li>{@code procmodel.dyno.starts}, {@code .restarts} (starts of a dyno that had been started before), {@code .crashes}:
 *       counters by {@code app} and {@code type}
 *   <li>{@code procmodel.dyno.boot}: a timer from starting to up, likewise
 *   <li>{@code procmodel.releases}: a counter by {@code app}
 * </ul>
 */
public final class PlatformMetrics implements MeterBinder, AutoCloseable {
    private final Platform platform;
    private final Map<Started, Instant> starting = new ConcurrentHashMap<>();
    private final Map<Started, Boolean> known = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    private final Set<Bound> bound = ConcurrentHashMap.newKeySet();

    private record Bound(MeterRegistry registry, AppName app, String type) {}

    private record Started(AppName app, DynoName dyno) {}

    /** Creates meters that are to be bound. */
    public PlatformMetrics(Platform platform) {
        this.platform = platform;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        subscriptions.add(platform.subscribe(event -> count(event, registry)));
        platform.apps()
                .forEach(app -> app.dynos()
                        .list()
                        .forEach(dyno -> gauges(app.name(), dyno.name().processType(), registry)));
    }

    /** Ends the counting; the meters stay as they are. A second call does nothing. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    private void count(PlatformEvent event, MeterRegistry registry) {
        if (event instanceof AppCreated || event instanceof ReleaseCreated) { // an app comes with its first release
            registry.counter("procmodel.releases", "app", event.app().toString())
                    .increment();
        } else if (event instanceof DynoEvent dyno) {
            count(dyno, registry);
        }
    }

    private void count(DynoEvent event, MeterRegistry registry) {
        String type = event.dyno().processType();
        Tags tags = Tags.of("app", event.app().toString(), "type", type);
        Started key = new Started(event.app(), event.dyno());
        if (event instanceof DynoStarting) {
            gauges(event.app(), type, registry);
            registry.counter("procmodel.dyno.starts", tags).increment();
            if (known.put(key, true) != null) {
                registry.counter("procmodel.dyno.restarts", tags).increment();
            }
            starting.put(key, event.at());
        } else if (event instanceof DynoUp) {
            Instant began = starting.remove(key);
            if (began != null) {
                bootTimer(tags, registry).record(Duration.between(began, event.at()));
            }
        } else if (event instanceof DynoCrashed) {
            starting.remove(key);
            registry.counter("procmodel.dyno.crashes", tags).increment();
        } else if (event instanceof DynoCompleted) {
            // One-off dynos have a new name each time.
            starting.remove(key);
            known.remove(key);
        }
    }

    private static Timer bootTimer(Tags tags, MeterRegistry registry) {
        return Timer.builder("procmodel.dyno.boot")
                .description("From starting to up")
                .tags(tags)
                .register(registry);
    }

    /** One gauge per state, of all dynos of a type. */
    private void gauges(AppName app, String type, MeterRegistry registry) {
        if (!bound.add(new Bound(registry, app, type))) {
            return;
        }
        Tags tags = Tags.of("app", app.toString(), "type", type);
        for (DynoState state : DynoState.values()) {
            Gauge.builder(
                            "procmodel.dynos",
                            platform,
                            it -> dynos(it, app, type).stream()
                                    .filter(dyno -> dyno.state() == state)
                                    .count())
                    .description("Dynos of a type in a state")
                    .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
        }
        Gauge.builder("procmodel.dyno.memory", platform, it -> memory(dynos(it, app, type)))
                .description("Memory of all dynos of a type, as sampled last")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
    }

    private static double memory(List<Dyno> dynos) {
        return dynos.stream()
                .mapToLong(dyno ->
                        dyno.usage().map(usage -> usage.memory().bytes()).orElse(0L))
                .sum();
    }

    private static List<Dyno> dynos(Platform platform, AppName app, String type) {
        return platform.findApp(app.toString()).stream()
                .flatMap(found -> found.dynos().list().stream())
                .filter(dyno -> dyno.name().processType().equals(type))
                .toList();
    }
}
