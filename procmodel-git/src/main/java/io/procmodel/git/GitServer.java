package io.procmodel.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Git over HTTP in front of a platform, for any HTTP server: {@code git push http://host/shop.git main} builds and deploys
 * the app {@code shop}, with the build's output on the client, and a build that fails rejects the push (Heroku: BLD-1,
 * BLD-4). Other branches are kept, and not built. It checks nobody's identity: that is for the HTTP server before it.
 *
 * <p>Thread-safe; a request blocks its thread for the time of the build, and pushes to one app take turns.
 */
public final class GitServer {
    private static final Pattern PATH =
            Pattern.compile("/(?<app>[^/]+?)(?:\\.git)?/(?:info/refs|(?<command>git-receive-pack|git-upload-pack))");
    private static final String SERVICE = "service=";
    private static final int NOT_FOUND = 404;

    private final Platform platform;
    private final Path repositories;
    private final Instant started = Instant.now();
    private final ConcurrentMap<String, AppRepository> open = new ConcurrentHashMap<>();

    private GitServer(Platform platform, Path repositories) {
        this.platform = platform;
        this.repositories = repositories;
    }

    /**
     * A server for all apps of a platform.
     *
     * @param repositories where their repositories are, {@code shop.git} for the app {@code shop}; made by the first push
     */
    public static GitServer of(Platform platform, Path repositories) {
        return new GitServer(requireNonNull(platform, "platform"), repositories.toAbsolutePath());
    }

    /**
     * Answers one request; those that are none of git's get status 404.
     *
     * @throws IOException if the client is gone
     * @throws StorageException if the repository cannot be opened or made; nothing was sent then
     */
    public void handle(GitExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.path());
        Optional<App> app = path.matches() ? find(path.group("app")) : Optional.empty();
        Optional<GitService> service = path.matches() ? service(exchange, path.group("command")) : Optional.empty();
        if (app.isEmpty() || service.isEmpty()) {
            refuse(exchange, path.matches() && app.isEmpty() ? "no such app: " + path.group("app") : "not found");
            return;
        }
        AppRepository repository = open.computeIfAbsent(
                app.get().name().value(),
                name -> AppRepository.open(app.get(), repositories.resolve(name + ".git"), started));
        if (path.group("command") == null) {
            advertise(exchange, repository, service.get());
        } else {
            serve(exchange, repository, service.get());
        }
    }

    private Optional<App> find(String name) {
        try {
            return platform.findApp(name);
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** A command is posted; the refs are got, and the query says for which command. */
    private static Optional<GitService> service(GitExchange exchange, String command) {
        if (command != null) {
            return exchange.method().equals("POST") ? GitService.named(command) : Optional.empty();
        }
        String query = exchange.query();
        return exchange.method().equals("GET") && query.startsWith(SERVICE)
                ? GitService.named(query.substring(SERVICE.length()))
                : Optional.empty();
    }

    private static void advertise(GitExchange exchange, AppRepository repository, GitService service)
            throws IOException {
        try (OutputStream out = exchange.respond(200, headers(service.advertisementType()))) {
            repository.advertise(service, out);
        }
    }

    private static void serve(GitExchange exchange, AppRepository repository, GitService service) throws IOException {
        boolean gzip =
                exchange.header("Content-Encoding").filter("gzip"::equals).isPresent();
        try (InputStream body = gzip ? new GZIPInputStream(exchange.body()) : exchange.body();
                OutputStream out = exchange.respond(200, headers(service.resultType()))) {
            repository.serve(service, exchange.user(), body, out);
        }
    }

    private static void refuse(GitExchange exchange, String why) throws IOException {
        try (OutputStream out = exchange.respond(NOT_FOUND, headers("text/plain; charset=utf-8"))) {
            out.write((why + "\n").getBytes(UTF_8));
        }
    }

    private static Map<String, String> headers(String type) {
        return Map.of("Content-Type", type, "Cache-Control", "no-cache");
    }
}
