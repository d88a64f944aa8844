package io.procmodel.router;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.procmodel.AttachedDoor;
import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogSink;
import io.procmodel.name.AppName;
import io.procmodel.router.exchange.Loop;
import io.procmodel.router.exchange.Shared;
import io.procmodel.router.limit.Counts;
import io.procmodel.router.limit.Features;
import io.procmodel.router.limit.Times;
import io.procmodel.router.page.AppPages;
import io.procmodel.router.page.LinkedPages;
import io.procmodel.router.report.RouterLog;
import io.procmodel.router.report.Tally;
import io.procmodel.router.server.Certificate;
import io.procmodel.router.server.ClientPipeline;
import io.procmodel.router.table.RouteTable;
import io.procmodel.traffic.FrontDoor;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what a router needs and starts it. Not thread-safe; may be used for one router only. */
public final class RouterBuilder {
    private static final int MAX_LOOPS = 4;
    private static final int BACKLOG = 4_096;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Pattern SUFFIX = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

    private final Function<FrontDoor, AttachedDoor> platform;
    private final Supplier<@Nullable LinkedPages> linked;
    private @Nullable InetSocketAddress plain;
    private @Nullable InetSocketAddress encrypted;
    private @Nullable Certificate certificate;
    private AppPages pages = AppPages.none();
    private LogSink logs = LogSink.discarding();
    private Times times = Times.HEROKU;
    private Counts counts = Counts.HEROKU;
    private Features features = Features.HEROKU;
    private final List<String> suffixes = new ArrayList<>(List.of("localhost"));
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MAX_LOOPS);
    private Random random = new Random();
    private InstantSource clock = InstantSource.system();
    private Duration fresh = FRESH;
    private Duration grace = GRACE;

    RouterBuilder(Function<FrontDoor, AttachedDoor> platform) {
        this(platform, () -> null);
    }

    RouterBuilder(Function<FrontDoor, AttachedDoor> platform, Supplier<@Nullable LinkedPages> linked) {
        this.platform = platform;
        this.linked = linked;
    }

    /** Where plain HTTP is spoken; port 0 has one chosen. */
    public RouterBuilder listen(InetSocketAddress address) {
        this.plain = requireNonNull(address, "address");
        return this;
    }

    /**
     * Where TLS is spoken, with HTTP/2 for clients that want it, and the key and certificates to speak it with.
     *
     * @param keys a store with one private key and its chain
     * @param password of the key
     */
    public RouterBuilder listenTls(InetSocketAddress address, KeyStore keys, char[] password) {
        this.encrypted = requireNonNull(address, "address");
        this.certificate = Certificate.of(keys, password);
        return this;
    }

    /**
     * The same, with PEM files.
     *
     * @param chain the certificates, the own one first
     * @param key the private key, PKCS#8, without password
     */
    public RouterBuilder listenTls(InetSocketAddress address, Path chain, Path key) {
        this.encrypted = requireNonNull(address, "address");
        this.certificate = Certificate.of(chain, key);
        return this;
    }

    /** Where the line of each request goes; forgotten by default. The router never closes it. */
    public RouterBuilder logs(LogSink logs) {
        this.logs = requireNonNull(logs, "logs");
        return this;
    }

    /**
     * What visitors see in place of an app that is in maintenance or fails. Without a page from here, what the app's config
     * vars {@code MAINTENANCE_PAGE_URL} and {@code ERROR_PAGE_URL} name is shown in a frame (Heroku: ERR-5), and without them
     * a small page of the router's own.
     */
    public RouterBuilder pages(AppPages pages) {
        this.pages = requireNonNull(pages, "pages");
        return this;
    }

    /** Changes how long things may take. */
    public RouterBuilder times(UnaryOperator<Times> change) {
        this.times = change.apply(times);
        return this;
    }

    /** Changes how many there may be. */
    public RouterBuilder counts(UnaryOperator<Counts> change) {
        this.counts = change.apply(counts);
        return this;
    }

    /** Changes what is switched on. */
    public RouterBuilder features(UnaryOperator<Features> change) {
        this.features = change.apply(features);
        return this;
    }

    /**
     * A further suffix of the apps' own host names: with {@code example.net}, {@code shop.example.net} is the app
     * {@code shop}, as {@code shop.localhost} always is.
     *
     * @throws InvalidValueException if it is no domain name in lower case
     */
    public RouterBuilder suffix(String domain) {
        if (!SUFFIX.matcher(domain).matches()) {
            throw new InvalidValueException("host suffix", domain, "a domain name in lower case");
        }
        suffixes.add(domain);
        return this;
    }

    /**
     * How many event loops; as many as there are processors, but at most 4, by default.
     *
     * @throws InvalidValueException if it is below 1
     */
    public RouterBuilder threads(int number) {
        if (number < 1) {
            throw new InvalidValueException("threads", Integer.toString(number), "1 or more");
        }
        this.threads = number;
        return this;
    }

    /** Chooses dynos; seeded by the system by default. */
    public RouterBuilder random(Random random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /** What time it is, for {@code X-Request-Start}; the system's clock by default. */
    public RouterBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** For how long a connection to a dyno may rest and take a request that must not be sent twice: one second. */
    RouterBuilder fresh(Duration other) {
        this.fresh = other;
        return this;
    }

    /** For how long a request waits for news of dynos that all refuse it: one second. */
    RouterBuilder grace(Duration other) {
        this.grace = other;
        return this;
    }

    /**
     * Starts the router: it listens when this returns.
     *
     * @throws IllegalStateException if no address was given
     * @throws ListenException if an address cannot be listened on
     * @throws io.procmodel.PlatformClosedException if the platform is closed
     */
    public Router start() {
        if (plain == null && encrypted == null) {
            throw new IllegalStateException("address: not set (expected: listen(...) or listenTls(...))");
        }
        return new Assembly().start();
    }

    /** What must be given back if the start fails half-way. */
    private final class Assembly {
        private final @Nullable LinkedPages named = linked.get();
        private final List<Loop> loops = new ArrayList<>();
        private final AtomicReference<@Nullable AttachedDoor> door = new AtomicReference<>();
        private final RouteTable table = new RouteTable(
                suffixes, counts, times, this::wake, backends -> loops.forEach(loop -> loop.retire(backends)));
        private final Shared shared = new Shared(
                table, times, counts, features, new RouterLog(logs), new Tally(), clock, this::page, fresh, grace);
        private final MultiThreadIoEventLoopGroup acceptors = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("procmodel-router-accept", true), NioIoHandler.newFactory());
        private final MultiThreadIoEventLoopGroup workers = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("procmodel-router-loop", true), NioIoHandler.newFactory());

        private Optional<String> page(AppName app, AppPages.Occasion occasion) {
            Optional<String> own = pages.html(app, occasion);
            return own.isPresent() || named == null ? own : named.html(app, occasion);
        }

        private void wake(AppName app) {
            AttachedDoor attached = door.get();
            if (attached != null) {
                attached.wake(app);
            }
        }

        Router start() {
            try {
                Map<EventExecutor, Loop> byExecutor = new HashMap<>();
                for (EventExecutor executor : workers) {
                    Loop loop = new Loop((EventLoop) executor, shared, random.nextLong());
                    loops.add(loop);
                    byExecutor.put(executor, loop);
                }
                AttachedDoor attached = platform.apply(table);
                door.set(attached);
                Channel http = plain == null ? null : bind(plain, ClientPipeline.plain(shared, byExecutor::get));
                Channel https = encrypted == null || certificate == null
                        ? null
                        : bind(encrypted, ClientPipeline.tls(shared, byExecutor::get, certificate));
                return new Router(shared, attached, acceptors, workers, loops, http, https, suffixes.get(0), named);
            } catch (RuntimeException e) {
                giveBack();
                throw e;
            }
        }

        private Channel bind(InetSocketAddress address, ChannelHandler pipeline) {
            ChannelFuture bound = new ServerBootstrap()
                    .group(acceptors, workers)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childHandler(pipeline)
                    .bind(address)
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new ListenException(address, bound.cause());
            }
            return bound.channel();
        }

        private void giveBack() {
            AttachedDoor attached = door.get();
            if (attached != null) {
                attached.close();
            }
            if (named != null) {
                named.close();
            }
            Router.end(acceptors);
            Router.end(workers);
            shared.log().close();
        }
    }
}
