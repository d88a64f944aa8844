package io.procmodel.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.AttachedDoor;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.traffic.FrontDoor;
import io.procmodel.traffic.WebDyno;
import io.procmodel.traffic.WebState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A router whose platform is the test: it says which dynos there are, and reads the log. */
final class Front implements AutoCloseable {
    static final AppName SHOP = AppName.of("shop");

    final Router router;
    final AtomicInteger wakes = new AtomicInteger();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FrontDoor door;

    private final boolean tls;

    Front() {
        this(false, builder -> builder);
    }

    /** Over TLS, or not; with other options than the defaults. */
    Front(boolean tls, UnaryOperator<RouterBuilder> change) {
        this.tls = tls;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        RouterBuilder builder = new RouterBuilder(this::attach);
        builder = (tls ? builder.listenTls(any, TestKeys.store(), TestKeys.password()) : builder.listen(any))
                .logs(sink())
                .threads(1)
                .fresh(Duration.ofMinutes(1))
                .grace(Duration.ofMillis(50))
                .times(times -> times.drain(Duration.ofMillis(200)).idleDyno(Duration.ofMinutes(1)));
        router = change.apply(builder).start();
    }

    private AttachedDoor attach(FrontDoor attached) {
        door = attached;
        return new AttachedDoor() {
            @Override
            public void wake(AppName app) {
                wakes.incrementAndGet();
            }

            @Override
            public void close() {}
        };
    }

    private LogSink sink() {
        return (app, origin) -> new LogSource() {
            @Override
            public void write(ByteBuffer chunk) {
                assertThat(origin).isEqualTo(LogOrigin.heroku("router"));
                lines.add(app + " " + UTF_8.decode(chunk).toString().strip());
            }

            @Override
            public void close() {}
        };
    }

    FrontDoor door() {
        return door;
    }

    static WebDyno up(long instance, String name, URI uri) {
        return new WebDyno(instance, DynoName.parse(name), DynoState.UP, uri, 0, null);
    }

    static WebDyno starting(long instance, String name, int crashes) {
        String reason = crashes == 0 ? null : "exited with status 1";
        return new WebDyno(instance, DynoName.parse(name), DynoState.STARTING, null, crashes, reason);
    }

    static WebState state(WebDyno... dynos) {
        return new WebState(SHOP, List.of(), false, true, 1, false, false, List.of(dynos));
    }

    Front tell(WebState state) {
        door.changed(state);
        return this;
    }

    /** The app has one dyno, which is up. */
    RawDyno dyno() throws IOException {
        RawDyno dyno = keep(new RawDyno());
        tell(state(up(1, "web.1", dyno.uri())));
        return dyno;
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.add(resource);
        return resource;
    }

    RawSide client() throws IOException {
        Socket socket = RawSide.connect(port());
        return keep(new RawSide(tls ? TestKeys.encrypted(socket, "http/1.1") : socket));
    }

    int port() {
        return (tls ? router.tlsAddress() : router.address()).getPort();
    }

    /** A client that has said something. */
    RawSide client(String text) throws IOException {
        return client().send(text);
    }

    /** The next line of the router's log. */
    String line() throws InterruptedException {
        String line = lines.poll(30, TimeUnit.SECONDS);
        assertThat(line).as("a router line").isNotNull();
        return line;
    }

    void assertNoLine() throws InterruptedException {
        assertThat(lines.poll(150, TimeUnit.MILLISECONDS)).isNull();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new AssertionError("cannot close " + resource, e);
        }
    }

    @Override
    public void close() {
        open.forEach(Front::close);
        router.close();
        assertThat(router.stats().faults())
                .as("faults in the router's pipelines")
                .isZero();
    }
}
