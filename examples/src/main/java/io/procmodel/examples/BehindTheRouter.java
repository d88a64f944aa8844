package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.dyno.Dyno;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.SleepPolicy;
import io.procmodel.router.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The Quickstart's app behind the router, asleep after 10 seconds without a request, and a page that shows the states of its
 * dynos as they change. Open the page, then the app in another tab, and wait.
 */
public final class BehindTheRouter implements AutoCloseable {
    private static final Duration SLEEP = Duration.ofSeconds(10);
    private static final long REFRESH_MILLIS = 250;
    private static final String PAGE = """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>dynos of shop</title><style>
            body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:10vh auto}td{padding:.2rem 1.5rem .2rem 0}
            .up{color:green}.idle{color:#888}.starting{color:#b70}.crashed{color:#c00}</style></head><body>
            <h1>shop</h1><p><a href="%s" target="_blank">open the app</a>: a request wakes it</p><table id="dynos"></table>
            <script>new EventSource('/states').onmessage=e=>{document.getElementById('dynos').innerHTML=
            e.data.split(' ').filter(d=>d).map(d=>{const[n,s]=d.split('=');
            return `<tr><td>${n}</td><td class="${s}">${s}</td></tr>`}).join('')}</script></body></html>
            """;

    private final Platform platform;
    private final Router router;
    private final HttpServer status;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final App shop;

    private BehindTheRouter(Path apps, Path home, Duration sleep, int port, int statusPort) throws IOException {
        SampleApp sample = SampleApp.choose(apps);
        platform = Platform.builder()
                .home(home)
                .policy(AppPolicy.HEROKU.sleep(SleepPolicy.afterIdle(sleep)))
                .open();
        router = Router.builder(platform).listen(local(port)).start();
        shop = platform.createApp("shop");
        shop.config().set(sample.config());
        shop.deploy(Source.directory(sample.directory()));
        status = HttpServer.create(local(statusPort), 0);
        status.setExecutor(threads);
        status.createContext("/", this::page);
        status.createContext("/states", this::states);
        status.start();
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Runs until its standard input ends.
     *
     * @param args the directory of the sample apps; {@code examples/apps} if there is none
     */
    public static void main(String[] args) throws IOException {
        Path home = Files.createTempDirectory("procmodel-router");
        try (BehindTheRouter example = start(apps(args), home, SLEEP, 8080, 8081)) {
            System.out.println("app " + example.app() + ", its dynos " + example.page() + "; end with Ctrl-D");
            while (System.in.read() >= 0) {
                // until the end of the input
            }
        } finally {
            TemporaryTree.delete(home);
        }
    }

    private static Path apps(String... args) {
        return Path.of(args.length > 0 ? args[0] : "examples/apps");
    }

    /** Starts everything; port 0 has one chosen. */
    static BehindTheRouter start(Path apps, Path home, Duration sleep, int port, int statusPort) throws IOException {
        return new BehindTheRouter(apps, home, sleep, port, statusPort);
    }

    /** Where the app is. */
    URI app() {
        return router.url(shop);
    }

    /** Where the page is. */
    URI page() {
        return URI.create("http://localhost:" + status.getAddress().getPort() + "/");
    }

    private void page(HttpExchange exchange) throws IOException {
        byte[] page = PAGE.formatted(app()).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, page.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(page);
        }
    }

    /** The states as server-sent events, whenever they change. */
    private void states(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        String last = "";
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                String now =
                        shop.dynos().list().stream().map(BehindTheRouter::state).collect(Collectors.joining(" "));
                if (!now.equals(last)) {
                    out.write(("data: " + now + "\n\n").getBytes(UTF_8));
                    out.flush();
                    last = now;
                }
                TimeUnit.MILLISECONDS.sleep(REFRESH_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String state(Dyno dyno) {
        return dyno.name() + "=" + dyno.state();
    }

    @Override
    public void close() {
        status.stop(0);
        threads.shutdownNow();
        router.close();
        platform.close();
    }
}
