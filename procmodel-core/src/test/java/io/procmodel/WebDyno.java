package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The web process of the tests, run in a JVM of its own. */
public final class WebDyno {
    private WebDyno() {}

    /**
     * Serves until it is killed.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            byte[] body =
                    (System.getenv().getOrDefault("GREETING", "-") + " from " + System.getenv("DYNO")).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
