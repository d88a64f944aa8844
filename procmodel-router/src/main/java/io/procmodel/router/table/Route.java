package io.procmodel.router.table;

import io.procmodel.dyno.DynoState;
import io.procmodel.name.AppName;
import io.procmodel.router.limit.Counts;
import io.procmodel.router.limit.Times;
import io.procmodel.router.report.HCode;
import io.procmodel.traffic.WebDyno;
import io.procmodel.traffic.WebState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One app as the router sees it: its dynos, its counters, and the requests that wait. Thread-safe. */
public final class Route {
    private static final Choice WAIT = new Choice.Wait();
    private static final Choice FULL = new Choice.Full();
    private static final Choice QUARANTINED = new Choice.Quarantined();

    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AppName app;
    private final Counts counts;
    private final Times times;
    private final Consumer<AppName> waker;
    private final WaitingRoom waiting;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final Map<Long, Backend> known = new HashMap<>();
    private volatile long quietSince = System.nanoTime();
    private volatile WebState state;
    private volatile List<Backend> up = List.of();
    private volatile long failFastUntil;
    private volatile long catchingUpUntil = System.nanoTime();
    private volatile @Nullable String failure;

    Route(WebState state, Counts counts, Times times, AtomicInteger allWaiting, Consumer<AppName> waker) {
        this.app = state.app();
        this.state = state;
        this.counts = counts;
        this.times = times;
        this.waker = waker;
        this.waiting = new WaitingRoom(counts, allWaiting);
    }

    /** The app. */
    public AppName app() {
        return app;
    }

    WebState state() {
        return state;
    }

    /** Why no request of the app is served now, if that is so. */
    public Optional<HCode> barrier() {
        WebState now = state;
        if (now.maintenance()) {
            return Optional.of(HCode.H80);
        } else if (!now.released()) {
            return Optional.of(HCode.H81);
        } else if (now.spent()) {
            return Optional.of(HCode.H82);
        }
        return now.quantity() == 0 ? Optional.of(HCode.H14) : Optional.empty();
    }

    /** A request of the app has come; {@link #leave} is called once when it has ended. */
    public void enter() {
        active.incrementAndGet();
    }

    /** A request has ended, so one that waits may go on. */
    public void leave() {
        quietSince = System.nanoTime();
        active.decrementAndGet();
        waiting.release(1);
    }

    /** How many requests are in flight or wait. */
    public int active() {
        return active.get();
    }

    /**
     * Whether a request that finds every dyno full waits: behind those who wait already, or because the app has just woken
     * and has still to catch up with the requests that woke it.
     */
    public boolean isCatchingUp() {
        return waiting.size() > 0 || System.nanoTime() - catchingUpUntil < 0;
    }

    /** How many requests wait. */
    public int waiting() {
        return waiting.size();
    }

    Optional<Duration> idle() {
        return active.get() > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - quietSince));
    }

    /** Puts a request among those that wait, for the first time or again; false if there is no room. */
    public boolean await(Waiting request, boolean again) {
        boolean waits = waiting.add(request, again);
        if (waits && up.stream().anyMatch(backend -> !backend.isFull(counts.perDyno()))) {
            waiting.release(1);
        }
        return waits;
    }

    /** Takes a request from among those that wait, if it is there. */
    public void forget(Waiting request) {
        waiting.remove(request);
    }

    /** Chooses at random among the dynos that are up, not full, not in quarantine and not tried before. */
    public Choice choose(Collection<Backend> tried, SplittableRandom random) {
        List<Backend> candidates = up;
        if (candidates.isEmpty()) {
            return noneUp();
        }
        Backend chosen = null;
        int seen = 0;
        boolean full = false;
        for (Backend backend : candidates) {
            if (backend.isQuarantined() || tried.contains(backend)) {
                continue;
            }
            if (backend.isFull(counts.perDyno())) {
                full = true;
            } else if (random.nextInt(++seen) == 0) {
                chosen = backend;
            }
        }
        if (chosen == null) {
            return full ? FULL : QUARANTINED;
        }
        return chosen.acquire(counts.perDyno()) ? new Choice.Chosen(chosen) : WAIT;
    }

    /** Takes that dyno if it is up and has room. */
    public Optional<Backend> choose(String token) {
        return up.stream()
                .filter(backend -> token(backend).equals(token))
                .filter(backend -> !backend.isQuarantined() && backend.acquire(counts.perDyno()))
                .findFirst();
    }

    /** What names a dyno in a session's cookie. */
    public String token(Backend backend) {
        return Long.toHexString(backend.instance()) + "-"
                + Integer.toHexString(backend.address().getPort());
    }

    /** Whether there is a dyno that is up and was not tried. */
    public boolean hasOtherThan(Collection<Backend> tried) {
        List<Backend> candidates = up;
        return candidates.isEmpty() || !tried.containsAll(candidates);
    }

    private Choice noneUp() {
        WebState now = state;
        String crash = failure;
        if (crash != null && System.nanoTime() - failFastUntil < 0) {
            return new Choice.Crashed(crash);
        }
        if (now.asleep()) {
            if (waking.compareAndSet(false, true)) {
                waker.accept(app);
            }
            return WAIT;
        }
        boolean crashed =
                !now.dynos().isEmpty() && now.dynos().stream().allMatch(dyno -> dyno.state() == DynoState.CRASHED);
        return crashed ? new Choice.Crashed(reason(now.dynos().get(0))) : WAIT;
    }

    private static String reason(WebDyno dyno) {
        return dyno.name() + " " + (dyno.reason() == null ? "crashed" : dyno.reason());
    }

    /** Takes a new state; returns the dynos that take no more requests from now on. */
    synchronized List<Backend> update(WebState next) {
        WebState before = state;
        Map<Long, Backend> retired = new HashMap<>(known);
        List<Backend> serving = new ArrayList<>();
        for (WebDyno dyno : next.dynos()) {
            if (dyno.isUp()) {
                retired.remove(dyno.instance());
                serving.add(known.computeIfAbsent(
                        dyno.instance(), id -> new Backend(dyno, dyno.address().orElseThrow())));
            }
        }
        retired.values().forEach(Backend::retire);
        up = List.copyOf(serving);
        state = next;
        if (!next.asleep()) {
            waking.set(false);
        }
        settleWaiting(before, next);
        known.values()
                .removeIf(backend -> backend.isRetired()
                        && !backend.isBusy()
                        && next.dynos().stream().noneMatch(dyno -> dyno.instance() == backend.instance()));
        return List.copyOf(retired.values());
    }

    private void settleWaiting(WebState before, WebState next) {
        if (!up.isEmpty()) {
            failure = null;
            if (before.dynos().stream().noneMatch(WebDyno::isUp) && waiting.size() > 0) {
                catchingUpUntil = System.nanoTime() + CATCH_UP_NANOS;
            }
            waiting.release(counts.burst() * up.size());
            return;
        }
        String failedBoot = failedBoot(before, next);
        if (failedBoot != null) {
            failure = failedBoot;
            failFastUntil = System.nanoTime() + times.quarantine().toNanos();
            waiting.giveUp(failedBoot);
        } else if (barrier().isPresent()) {
            waiting.release(Integer.MAX_VALUE);
        }
    }

    /** How a dyno that was starting has failed to come up, or null if none has. */
    private static @Nullable String failedBoot(WebState before, WebState next) {
        for (WebDyno starting : before.dynos()) {
            if (starting.state() != DynoState.STARTING) {
                continue;
            }
            boolean still = next.dynos().stream().anyMatch(dyno -> dyno.instance() == starting.instance());
            Optional<WebDyno> successor = next.dynos().stream()
                    .filter(dyno -> dyno.name().equals(starting.name()) && dyno.crashes() > starting.crashes())
                    .findFirst();
            if (!still && successor.isPresent()) {
                return reason(successor.get());
            }
        }
        return null;
    }

    /** Ends all waiting, because the router closes. */
    void close() {
        waiting.giveUp("the router is closing");
    }

    synchronized @Nullable Backend find(long instance) {
        return known.get(instance);
    }
}
