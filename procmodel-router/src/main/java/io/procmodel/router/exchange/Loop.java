package io.procmodel.router.exchange;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.procmodel.router.table.Backend;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one event loop: its clients, its idle connections to dynos, its chance, and the tick that looks at
 * deadlines. Only {@link #retire}, {@link #closeIdleClients} and {@link #shutDown} may be called from other threads.
 */
public final class Loop {
    private static final long TICK_MILLIS = 100;

    private final EventLoop loop;
    private final Shared shared;
    private final SplittableRandom random;
    private final Bootstrap bootstrap;
    private final Set<Client> clients = new HashSet<>();
    private final ScheduledFuture<?> ticking;
    private final Map<Backend, Deque<BackHandler>> idle = new HashMap<>();

    /** Begins to tick. */
    public Loop(EventLoop loop, Shared shared, long seed) {
        this.loop = loop;
        this.shared = shared;
        this.random = new SplittableRandom(seed);
        this.bootstrap = bootstrap();
        this.ticking = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Its writes may fail while a response is still to be read, so it does not close itself then. */
    @SuppressWarnings("deprecation")
    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        shared.times().connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ResponseDecoder decoder =
                                new ResponseDecoder(shared.features().foldEqualLengths());
                        channel.pipeline()
                                .addLast(decoder, new HttpRequestEncoder(), new BackHandler(Loop.this, decoder));
                    }
                });
    }

    EventLoop eventLoop() {
        return loop;
    }

    SplittableRandom random() {
        return random;
    }

    /** Has a client looked at from now on. */
    public void add(Client client) {
        clients.add(client);
    }

    /** Forgets a client. */
    public void remove(Client client) {
        clients.remove(client);
    }

    ChannelFuture connect(Backend backend) {
        return bootstrap.connect(backend.address());
    }

    /**
     * An idle connection to a dyno. What may not be sent twice takes one that was used a moment ago, because a server
     * closes the others when it likes.
     */
    @Nullable
    BackHandler takeIdle(Backend backend, boolean repeatable) {
        Deque<BackHandler> connections = idle.get(backend);
        long oldest = (repeatable ? shared.times().idleDyno() : shared.fresh()).toNanos();
        while (connections != null && !connections.isEmpty()) {
            BackHandler newest = connections.pollLast();
            if (newest.idleNanos() > oldest) {
                connections.addLast(newest);
                return null;
            }
            if (newest.isUsable()) {
                return newest;
            }
        }
        return null;
    }

    void putIdle(Backend backend, BackHandler connection) {
        idle.computeIfAbsent(backend, key -> new ArrayDeque<>()).addLast(connection);
    }

    void forget(Backend backend, BackHandler connection) {
        Deque<BackHandler> connections = idle.get(backend);
        if (connections != null && connections.remove(connection) && connections.isEmpty()) {
            idle.remove(backend);
        }
    }

    /** Closes the idle connections to dynos that take no more requests; from any thread. */
    public void retire(List<Backend> backends) {
        run(() -> backends.forEach(this::closeIdle));
    }

    /** From any thread; where the loop has ended there is nothing left that it could be done to. */
    void run(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException e) {
            return;
        }
    }

    private void closeIdle(Backend backend) {
        Deque<BackHandler> connections = idle.remove(backend);
        if (connections != null) {
            connections.forEach(BackHandler::close);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        for (Client client : List.copyOf(clients)) {
            client.tick(now);
        }
        long oldest = shared.times().idleDyno().toNanos();
        for (Deque<BackHandler> connections : List.copyOf(idle.values())) {
            while (!connections.isEmpty() && connections.getFirst().idleNanos() > oldest) {
                connections.removeFirst().close();
            }
        }
    }

    /** Closes the clients that have no request, and has the others closed after theirs; from any thread. */
    public void closeIdleClients() {
        run(() -> List.copyOf(clients).forEach(Client::closeIfIdle));
    }

    /** Ends every request with H24 and closes everything; from any thread. */
    public void shutDown() {
        run(() -> {
            ticking.cancel(false);
            List.copyOf(clients).forEach(Client::forceClose);
            List.copyOf(idle.keySet()).forEach(this::closeIdle);
        });
    }
}
