package io.procmodel.router.table;

import io.procmodel.name.AppName;
import io.procmodel.router.limit.Counts;
import io.procmodel.router.limit.Times;
import io.procmodel.traffic.FrontDoor;
import io.procmodel.traffic.WebState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From host name to app: {@code APP.localhost}, {@code APP.} and each further suffix, and the custom domains, of which
 * {@code *.example.com} covers one label and an exact name wins (Heroku: PIPE-22). Thread-safe.
 */
public final class RouteTable implements FrontDoor {
    private final List<String> suffixes;
    private final Counts counts;
    private final Times times;
    private final Consumer<AppName> waker;
    private final Consumer<List<Backend>> retirement;
    private final AtomicInteger allWaiting = new AtomicInteger();
    private final Map<AppName, Route> routes = new ConcurrentHashMap<>();
    private volatile Map<String, Route> hosts = Map.of();

    /**
     * Creates an empty table.
     *
     * @param suffixes what follows an app's name in its own host name, such as {@code localhost}
     * @param counts the limits
     * @param times the times
     * @param waker wakes an app
     * @param retirement told of dynos that take no more requests
     */
    public RouteTable(
            List<String> suffixes,
            Counts counts,
            Times times,
            Consumer<AppName> waker,
            Consumer<List<Backend>> retirement) {
        this.suffixes = List.copyOf(suffixes);
        this.counts = counts;
        this.times = times;
        this.waker = waker;
        this.retirement = retirement;
    }

    /** The app of a host name without port, in whatever case. */
    public @Nullable Route find(String host) {
        Map<String, Route> now = hosts;
        Route exact = now.get(host);
        if (exact != null) {
            return exact;
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        Route route = now.get(name);
        if (route != null) {
            return route;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? null : now.get("*" + name.substring(dot));
    }

    /** The app of that name, if the platform has told of it. */
    public Optional<Route> route(AppName app) {
        return Optional.ofNullable(routes.get(app));
    }

    /** How many requests of all apps wait. */
    public int waiting() {
        return allWaiting.get();
    }

    @Override
    public synchronized void changed(WebState state) {
        Route route = routes.get(state.app());
        boolean renamed = route == null || !route.state().domains().equals(state.domains());
        if (route == null) {
            route = new Route(state, counts, times, allWaiting, waker);
            routes.put(state.app(), route);
        }
        List<Backend> retired = route.update(state);
        if (renamed) {
            hosts = index();
        }
        if (!retired.isEmpty()) {
            retirement.accept(retired);
        }
    }

    private Map<String, Route> index() {
        Map<String, Route> names = new HashMap<>();
        routes.values()
                .forEach(route ->
                        route.state().domains().forEach(domain -> names.put(domain.toLowerCase(Locale.ROOT), route)));
        routes.forEach((app, route) -> suffixes.forEach(suffix -> names.put(app + "." + suffix, route)));
        return Map.copyOf(names);
    }

    @Override
    public void drain(AppName app, long instance, Runnable drained) {
        Backend backend = route(app).map(route -> route.find(instance)).orElse(null);
        if (backend == null) {
            drained.run();
        } else {
            backend.drain(drained);
        }
    }

    @Override
    public Optional<Duration> idleFor(AppName app) {
        return route(app).map(Route::idle).orElse(Optional.of(Duration.ZERO));
    }

    @Override
    public Duration drainLimit() {
        return times.drain();
    }

    /** Ends all waiting. */
    public void close() {
        routes.values().forEach(Route::close);
    }
}
