package io.procmodel.router;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A client, a router and a dyno, of which the test plays the first and the last. */
abstract class Talk {
    static final String HOST = "Host: shop.localhost\r\n";
    static final String GET = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    Front front = new Front(overTls(), builder -> builder);

    /** Whether the client's side is encrypted; {@link OverTlsTest} says so. */
    boolean overTls() {
        return false;
    }

    /** Starts the router anew with other options. */
    Front restart(UnaryOperator<RouterBuilder> change) throws Exception {
        front.close();
        front = new Front(overTls(), change);
        return front;
    }

    @AfterEach
    void stop() throws Exception {
        front.close();
    }

    static String get(String headers) {
        return "GET / HTTP/1.1\r\n" + HOST + headers + "\r\n";
    }

    static String post(String body) {
        return "POST / HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String chunked(String chunks) {
        return "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }
}
