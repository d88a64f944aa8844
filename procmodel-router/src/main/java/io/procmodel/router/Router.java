package io.procmodel.router;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.procmodel.App;
import io.procmodel.AttachedDoor;
import io.procmodel.Platform;
import io.procmodel.name.AppName;
import io.procmodel.router.exchange.Loop;
import io.procmodel.router.exchange.Shared;
import io.procmodel.router.page.LinkedPages;
import io.procmodel.router.table.Route;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The front door of a platform: listens for HTTP, finds the app by the host name, and sends each request to one of the
 * app's web dynos that is up. It wakes apps that sleep, lets requests wait while a dyno starts, and has requests finished
 * before a dyno is stopped.
 *
 * <p>Thread-safe. Dynos are known from the platform in the same JVM; nothing is probed. {@link #close} is idempotent and
 * takes at most the drain time and some seconds.
 */
public final class Router implements AutoCloseable {
    private static final Duration QUIET = Duration.ZERO;
    private static final Duration LOOPS_END = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;

    private final Shared shared;
    private final AttachedDoor door;
    private final EventLoopGroup acceptors;
    private final EventLoopGroup workers;
    private final List<Loop> loops;
    private final List<Channel> listeners;
    private final @Nullable Channel plain;
    private final @Nullable Channel encrypted;
    private final String suffix;
    private final @Nullable LinkedPages linked;
    private final ReentrantLock closing = new ReentrantLock();
    private boolean closed;

    Router(
            Shared shared,
            AttachedDoor door,
            EventLoopGroup acceptors,
            EventLoopGroup workers,
            List<Loop> loops,
            @Nullable Channel plain,
            @Nullable Channel encrypted,
            String suffix,
            @Nullable LinkedPages linked) {
        this.shared = shared;
        this.door = door;
        this.acceptors = acceptors;
        this.workers = workers;
        this.loops = List.copyOf(loops);
        this.plain = plain;
        this.encrypted = encrypted;
        this.listeners = Stream.of(plain, encrypted).filter(Objects::nonNull).toList();
        this.suffix = suffix;
        this.linked = linked;
    }

    /** Starts to describe the router of a platform. */
    public static RouterBuilder builder(Platform platform) {
        return new RouterBuilder(platform::attach, () -> LinkedPages.of(platform));
    }

    /** Where an app is found on this machine, such as {@code http://shop.localhost:8080}. */
    public URI url(App app) {
        boolean tls = plain == null;
        return URI.create((tls ? "https://" : "http://") + app.name() + "." + suffix + ":"
                + (tls ? tlsAddress() : address()).getPort());
    }

    /**
     * The address that plain HTTP is spoken on, with the port that was chosen if none was given.
     *
     * @throws IllegalStateException if there is none
     */
    public InetSocketAddress address() {
        return addressOf(plain, "plain HTTP");
    }

    /**
     * The address that TLS is spoken on.
     *
     * @throws IllegalStateException if there is none
     */
    public InetSocketAddress tlsAddress() {
        return addressOf(encrypted, "TLS");
    }

    private static InetSocketAddress addressOf(@Nullable Channel listener, String what) {
        if (listener == null) {
            throw new IllegalStateException("address of " + what + ": the router does not listen for it");
        }
        return (InetSocketAddress) listener.localAddress();
    }

    /** What the router has done and is doing. */
    public RouterStats stats() {
        return new RouterStats(
                shared.tally().clients(),
                shared.table().waiting(),
                shared.tally().requests(),
                shared.tally().refusals(),
                shared.tally().failures(),
                shared.tally().faults(),
                shared.log().dropped());
    }

    /** How many requests of an app are in flight or wait, open tunnels included. */
    public int active(App app) {
        return route(app.name()).map(Route::active).orElse(0);
    }

    /** How many requests of an app wait for a dyno. */
    public int waiting(App app) {
        return route(app.name()).map(Route::waiting).orElse(0);
    }

    private Optional<Route> route(AppName app) {
        return shared.table().route(app);
    }

    /**
     * Stops listening, lets the requests that are there end for as long as a drain may take, and closes what is left with
     * H24.
     */
    @Override
    public void close() {
        closing.lock();
        try {
            if (!closed) {
                closed = true;
                shutDown();
            }
        } finally {
            closing.unlock();
        }
    }

    private void shutDown() {
        shared.tally().startClosing();
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
        loops.forEach(Loop::closeIdleClients);
        awaitClients(shared.times().drain());
        shared.table().close();
        loops.forEach(Loop::shutDown);
        door.close();
        if (linked != null) {
            linked.close();
        }
        end(acceptors);
        end(workers);
        shared.log().close();
    }

    /** Clients leave one by one as their answers say {@code Connection: close}. */
    private void awaitClients(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (shared.tally().clients() > 0 && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    static void end(EventLoopGroup group) {
        group.shutdownGracefully(QUIET.toMillis(), LOOPS_END.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(LOOPS_END.toMillis(), TimeUnit.MILLISECONDS);
    }
}
