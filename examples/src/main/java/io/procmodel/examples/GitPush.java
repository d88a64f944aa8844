package io.procmodel.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.procmodel.Platform;
import io.procmodel.git.GitExchange;
import io.procmodel.git.GitServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A platform that is deployed to with {@code git push}, behind the JDK's own HTTP server. It listens on this machine only,
 * for it asks nobody who they are: an authenticator of the HTTP server would.
 *
 * <pre>
 * java io.procmodel.examples.GitPush ~/platform 8090 shop
 * git push http://localhost:8090/shop.git main
 * </pre>
 */
public final class GitPush implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "git-http");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Serves the apps of a platform.
     *
     * @param port a port, or 0 for any
     */
    public GitPush(Platform platform, Path repositories, int port) throws IOException {
        GitServer git = GitServer.of(platform, repositories);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(threads);
        http.createContext("/", exchange -> {
            try (exchange) {
                git.handle(new JdkExchange(exchange));
            }
        });
        http.start();
    }

    /** Where to push an app to. */
    public String url(String app) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + app + ".git";
    }

    /** Takes no more pushes. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments the home of the platform, a port, and the names of apps to create if they are missing
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        try (Platform platform = Platform.builder().home(home).open();
                GitPush server = new GitPush(platform, home.resolve("git"), Integer.parseInt(arguments[1]))) {
            for (String app : List.of(arguments).subList(2, arguments.length)) {
                if (platform.findApp(app).isEmpty()) {
                    platform.createApp(app);
                }
                System.out.println("git push " + server.url(app) + " main");
            }
            Thread.currentThread().join();
        }
    }

    /** What git asks of an HTTP request, as the JDK's server has it. */
    private record JdkExchange(HttpExchange exchange) implements GitExchange {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String path() {
            return exchange.getRequestURI().getPath();
        }

        @Override
        public String query() {
            return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        @Override
        public InputStream body() {
            return exchange.getRequestBody();
        }

        @Override
        public OutputStream respond(int status, Map<String, String> headers) throws IOException {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, 0);
            return exchange.getResponseBody();
        }
    }
}
