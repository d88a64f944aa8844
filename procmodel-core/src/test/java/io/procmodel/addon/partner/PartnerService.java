package io.procmodel.addon.partner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A partner's service on the loopback that answers what it is told to, and keeps what it was asked. */
public final class PartnerService implements AutoCloseable {
    /** What came: method, path and body. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final HttpServer server;

    private record Reply(int status, String body) {}

    /** Starts it. */
    public PartnerService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers the next request so; a status of 0 breaks the connection, -1 never answers. */
    public synchronized PartnerService then(int status, String body) {
        replies.add(new Reply(status, body));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        String expected = "Basic " + Base64.getEncoder().encodeToString("redistogo:pa:ss".getBytes(UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, new Reply(401, "{}"));
            return;
        }
        reply(exchange, next());
    }

    private synchronized Reply next() {
        return Optional.ofNullable(replies.poll()).orElse(new Reply(500, "nothing is left to answer"));
    }

    private static void reply(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.status > 0) {
            byte[] bytes = reply.body.getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        if (reply.status >= 0) {
            exchange.close();
        }
    }

    /** What describes it. */
    public AddOnManifest manifest() {
        return manifest("pa:ss");
    }

    AddOnManifest manifest(String password) {
        return AddOnManifest.parse("{\"id\": \"redistogo\", \"name\": \"Redis To Go\", \"unknown\": [1, {\"a\": null}],"
                + " \"api\": {\"config_vars\": [\"REDISTOGO_URL\"], \"password\": \"" + password
                + "\", \"sso_salt\": \"salt\", \"regions\": [\"us\"],"
                + " \"production\": {\"base_url\": \"https://redistogo.example/heroku/resources\"},"
                + " \"test\": {\"base_url\": \"" + address() + "\"}}}");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
