package io.procmodel.router.exchange;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.procmodel.router.report.HCode;
import io.procmodel.router.table.Backend;
import io.procmodel.router.table.Choice;
import io.procmodel.router.table.Route;
import io.procmodel.router.table.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a dyno on behalf of one request, until it has a connection to one or there is none to be had. Its stages:
 *
 * <pre>
 * OFF         nothing is looked for
 * WAITING     for a dyno to be up
 * CONNECTING  to a dyno, then to another one if that fails
 * BACKING_OFF every dyno that is up refuses connections
 * </pre>
 *
 * Confined to the event loop of the request, but for the calls of {@link Waiting}.
 */
final class DynoSearch implements Waiting {
    private static final long FIRST_BACK_OFF_MILLIS = 50;
    private static final long LAST_BACK_OFF_MILLIS = 1_000;

    /** Who wants a dyno. */
    interface Seeker {
        /** There is a connection; the place at the dyno is the seeker's to give back. */
        void found(Backend dyno, BackHandler connection);

        /** There is none. */
        void notFound(HCode code, String detail);

        /** The token of the dyno that served the same client before, if that matters. */
        Optional<String> affinity();

        /** Whether sending the request twice would do no harm. */
        boolean isRepeatable();
    }

    private enum Stage {
        OFF,
        WAITING,
        CONNECTING,
        BACKING_OFF
    }

    private final Route route;
    private final Loop loop;
    private final Shared shared;
    private final Seeker seeker;
    private final List<Backend> tried = new ArrayList<>(0);
    private Stage stage = Stage.OFF;
    private boolean pooled;
    private @Nullable Backend backend;
    private String dynoName = "";
    private boolean waited;
    private boolean timedOut;
    private long backOffMillis = FIRST_BACK_OFF_MILLIS;
    private long giveUpAt;
    private long waitingSince;
    private long connectSince;
    private long connectMillis = -1;

    DynoSearch(Route route, Loop loop, Shared shared, Seeker seeker) {
        this.route = route;
        this.loop = loop;
        this.shared = shared;
        this.seeker = seeker;
    }

    /** The last dyno that was connected to or tried, or nothing. */
    String dynoName() {
        return dynoName;
    }

    /** How long connecting to it took, or -1. */
    long connectMillis() {
        return connectMillis;
    }

    /**
     * Starts to look.
     *
     * @param mayReuse whether a connection will do that has served another request
     */
    void start(boolean mayReuse) {
        pooled = mayReuse;
        attempt();
    }

    /** Stops looking; nobody is told. */
    void cancel() {
        if (stage == Stage.WAITING) {
            route.forget(this);
        } else if (backend != null) {
            backend.release();
            backend = null;
        }
        stage = Stage.OFF;
    }

    private void fail(HCode code, String detail) {
        cancel();
        seeker.notFound(code, detail);
    }

    private void attempt() {
        Choice choice = preferred()
                .map(dyno -> (Choice) new Choice.Chosen(dyno))
                .orElseGet(() -> route.choose(tried, loop.random()));
        if (choice instanceof Choice.Chosen chosen) {
            connect(chosen.backend());
        } else if (choice instanceof Choice.Wait) {
            await();
        } else if (choice instanceof Choice.Full) {
            if (waited || route.isCatchingUp()) {
                await();
            } else {
                fail(HCode.H11, "");
            }
        } else if (choice instanceof Choice.Crashed crashed) {
            fail(HCode.H10, crashed.reason());
        } else {
            backOff();
        }
    }

    private Optional<Backend> preferred() {
        return tried.isEmpty() ? seeker.affinity().flatMap(route::choose) : Optional.empty();
    }

    private void await() {
        if (waitingSince == 0) {
            waitingSince = System.nanoTime();
        }
        stage = Stage.WAITING;
        boolean room = route.await(this, waited);
        waited = true;
        if (!room) {
            fail(HCode.H11, "");
        }
    }

    @Override
    public void lookAgain() {
        loop.run(() -> {
            if (stage == Stage.WAITING) {
                route.barrier().ifPresentOrElse(code -> fail(code, ""), this::attempt);
            }
        });
    }

    @Override
    public void giveUp(String reason) {
        loop.run(() -> {
            if (stage == Stage.WAITING) {
                fail(HCode.H10, reason);
            }
        });
    }

    /**
     * Every dyno that is up refuses connections. Most likely they have just died, and the platform will say so in a
     * moment; a request that has tried them itself waits that long.
     */
    private void backOff() {
        long now = System.nanoTime();
        if (waitingSince == 0) {
            waitingSince = now;
        }
        if (!tried.isEmpty() && giveUpAt == 0) {
            giveUpAt = now + shared.grace().toNanos();
        }
        if (giveUpAt != 0 && now - giveUpAt >= 0) {
            fail(unreachable(), "");
            return;
        }
        stage = Stage.BACKING_OFF;
        long pause = backOffMillis;
        backOffMillis = Math.min(2 * pause, LAST_BACK_OFF_MILLIS);
        loop.eventLoop().schedule(this::attemptAgain, pause, TimeUnit.MILLISECONDS);
    }

    private void attemptAgain() {
        if (stage == Stage.BACKING_OFF) {
            attempt();
        }
    }

    private HCode unreachable() {
        return timedOut ? HCode.H19 : HCode.H21;
    }

    private void connect(Backend to) {
        backend = to;
        dynoName = to.name();
        stage = Stage.CONNECTING;
        connectSince = System.nanoTime();
        BackHandler idle = pooled ? loop.takeIdle(to, seeker.isRepeatable()) : null;
        if (idle != null) {
            connectMillis = 0;
            found(to, idle);
            return;
        }
        loop.connect(to).addListener((ChannelFuture connected) -> {
            if (stage != Stage.CONNECTING || backend != to) {
                connected.channel().close();
            } else if (connected.isSuccess()) {
                connectMillis = sinceConnect();
                found(to, handlerOf(connected.channel()));
            } else {
                connected.channel().close();
                connectFailed(to, connected.cause());
            }
        });
    }

    private long sinceConnect() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connectSince);
    }

    private static BackHandler handlerOf(Channel channel) {
        return channel.pipeline().get(BackHandler.class);
    }

    private void found(Backend to, BackHandler connection) {
        stage = Stage.OFF;
        backend = null;
        seeker.found(to, connection);
    }

    private void connectFailed(Backend to, Throwable cause) {
        to.quarantine(shared.times().quarantine());
        timedOut = cause instanceof ConnectTimeoutException;
        connectMillis = sinceConnect();
        tried.add(to);
        backend = null;
        to.release();
        if (tried.size() >= shared.counts().attempts()) {
            fail(unreachable(), "");
        } else {
            attempt();
        }
    }

    void tick(long now) {
        boolean overdue = now - waitingSince > shared.times().boot().toNanos();
        if (overdue && stage == Stage.WAITING) {
            fail(HCode.H20, "");
        } else if (overdue && stage == Stage.BACKING_OFF) {
            fail(HCode.H99, "");
        }
    }

    @Override
    public String toString() {
        return route.app() + " " + stage;
    }
}
