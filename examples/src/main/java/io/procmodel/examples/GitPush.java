package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.procmodel.Platform;
import io.procmodel.git.GitExchange;
import io.procmodel.git.GitServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A platform that is deployed to with {@code git push}, behind the JDK's own HTTP server, on this machine only. Over
 * {@code http} it asks nobody who they are; over {@code https} it wants a name and a password, and who pushed is in the
 * release.
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
     * Serves the apps of a platform to everybody on this machine.
     *
     * @param port a port, or 0 for any
     */
    public GitPush(Platform platform, Path repositories, int port) throws IOException {
        http = HttpServer.create(loopback(port), 0);
        serve(GitServer.of(platform, repositories));
        http.start();
    }

    /**
     * Serves the apps of a platform over {@code https} to who has a password.
     *
     * @param certificate the server's
     * @param passwords by the name of their owner
     */
    public GitPush(
            Platform platform, Path repositories, int port, SSLContext certificate, Map<String, String> passwords)
            throws IOException {
        HttpsServer https = HttpsServer.create(loopback(port), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate));
        http = https;
        serve(GitServer.of(platform, repositories)).setAuthenticator(new BasicAuthenticator("git") {
            @Override
            public boolean checkCredentials(String name, String password) {
                String expected = passwords.getOrDefault(name, "");
                return !expected.isEmpty() && MessageDigest.isEqual(password.getBytes(UTF_8), expected.getBytes(UTF_8));
            }
        });
        http.start();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private HttpContext serve(GitServer git) {
        http.setExecutor(threads);
        return http.createContext("/", exchange -> {
            try (exchange) {
                git.handle(new JdkExchange(exchange));
            }
        });
    }

    /** Where to push an app to. */
    public String url(String app) {
        String scheme = http instanceof HttpsServer ? "https" : "http";
        return scheme + "://127.0.0.1:" + http.getAddress().getPort() + "/" + app + ".git";
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
        public Optional<String> user() {
            return Optional.ofNullable(exchange.getPrincipal()).map(HttpPrincipal::getUsername);
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
