package io.procmodel.build;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A small server of files, the {@code web} process of a static site. It runs in a dyno, by itself: this class is copied into
 * the slug alone, so it uses nothing but the JDK and has no other class beside it.
 */
public final class StaticSite {
    private static final int THREADS = 16;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("xml", "application/xml"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"));

    private final Path root;

    private StaticSite(Path root) {
        this.root = root;
    }

    /**
     * Serves until it is stopped, on the port that the variable {@code PORT} names.
     *
     * @param args the directory to serve
     */
    public static void main(String[] args) throws IOException {
        StaticSite site = new StaticSite(Path.of(args[0]).toRealPath());
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/", site::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            answer(exchange, exchange.getRequestURI(), method.equals("HEAD"));
        }
    }

    private void answer(HttpExchange exchange, URI uri, boolean headOnly) throws IOException {
        Path wanted = find(uri.getPath());
        if (wanted != null && Files.isDirectory(wanted)) {
            if (!uri.getPath().endsWith("/")) {
                exchange.getResponseHeaders().set("Location", uri.getRawPath().replaceFirst("^/+", "/") + "/");
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            wanted = wanted.resolve("index.html");
        }
        if (wanted != null && Files.isRegularFile(wanted)) {
            send(exchange, wanted, 200, headOnly);
        } else if (Files.isRegularFile(root.resolve("404.html"))) {
            send(exchange, root.resolve("404.html"), 404, headOnly);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    /** The file or directory of a path, or null: nothing outside, nothing hidden, and what is not there. */
    private @Nullable Path find(String path) throws IOException {
        for (String name : path.split("/", -1)) {
            if (name.startsWith(".") || name.indexOf('\0') >= 0 || name.indexOf('\\') >= 0) {
                return null;
            }
        }
        Path file = root.resolve("." + path).normalize();
        return Files.exists(file) && file.toRealPath().startsWith(root) ? file : null;
    }

    private static void send(HttpExchange exchange, Path file, int status, boolean headOnly) throws IOException {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Instant changed =
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        exchange.getResponseHeaders().set("Content-Type", TYPES.getOrDefault(extension, "application/octet-stream"));
        exchange.getResponseHeaders()
                .set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(changed.atZone(ZoneOffset.UTC)));
        long size = Files.size(file);
        if (headOnly || size == 0) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, size);
        try (OutputStream body = exchange.getResponseBody()) {
            Files.copy(file, body);
        }
    }
}
