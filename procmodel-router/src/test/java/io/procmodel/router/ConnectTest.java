package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.traffic.WebDyno;
import io.procmodel.traffic.WebState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The choice of a dyno and what happens when it cannot be reached: the study's table, sections 1.6 and 1.8. */
class ConnectTest extends Talk {
    /** Where nobody listens, and nobody else can begin to: the port is taken. */
    private URI nobody() throws IOException {
        return uri(front.keep(taken()));
    }

    private static Socket taken() throws IOException {
        Socket taken = new Socket();
        taken.setReuseAddress(true);
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return taken;
    }

    private static URI uri(Socket taken) {
        return URI.create("http://127.0.0.1:" + taken.getLocalPort());
    }

    private static WebState state(
            boolean maintenance, boolean released, int quantity, boolean spent, WebDyno... dynos) {
        return new WebState(Front.SHOP, List.of(), maintenance, released, quantity, false, spent, List.of(dynos));
    }

    private static WebDyno crashed() {
        return new WebDyno(0, DynoName.parse("web.1"), DynoState.CRASHED, null, 2, "exited with status 3");
    }

    private void answer(int status, String line) throws Exception {
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 " + status + " ");
        assertThat(front.line())
                .startsWith("shop " + line)
                .contains(" dyno= connect= service= status=" + status + " bytes= ");
    }

    @Test
    void maintainance_mode_on() throws Exception {
        front.tell(state(true, true, 1, false, Front.up(1, "web.1", nobody())));
        answer(503, "at=info code=H80 desc=\"Maintenance mode\"");
    }

    @Test
    void app_blank() throws Exception {
        front.tell(state(false, false, 0, false));
        answer(502, "at=info code=H81 desc=\"Blank app\"");
    }

    @Test
    void no_web_processes() throws Exception {
        front.tell(state(false, true, 0, false));
        answer(503, "at=error code=H14 desc=\"No web processes running\"");
    }

    @Test
    void spent_dyno_hours() throws Exception {
        front.tell(state(false, true, 1, true));
        answer(503, "at=info code=H82");
    }

    /** DYN-26. */
    @Test
    void crashed_dynos() throws Exception {
        front.tell(state(false, true, 1, false, crashed()));
        answer(503, "at=error code=H10 desc=\"App crashed: web.1 exited with status 3\"");
    }

    @Test
    void conn_limit_reached() throws Exception {
        restart(router -> router.counts(counts -> counts.clients(1)));
        RawDyno dyno = front.dyno();
        front.client();
        assertThat(front.client(GET).rest()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
        assertThat(front.line()).contains("code=H22");
        dyno.assertNotContacted();
    }

    @Test
    void backlog_too_deep() throws Exception {
        restart(router -> router.counts(counts -> counts.perDyno(1)));
        RawDyno dyno = front.dyno();
        RawSide first = front.client(GET);
        RawSide back = front.keep(dyno.accept());
        back.head();
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
        assertThat(front.line()).contains("at=error code=H11 desc=\"Backlog too deep\"");
        back.send(OK);
        assertThat(first.message()).endsWith("ok");
    }

    /** refused_next_dyno and service_try_again. */
    @Test
    void refused_next_dyno() throws Exception {
        RawDyno dyno = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(1, "web.1", nobody()), Front.up(2, "web.2", dyno.uri())));
        RawSide client = front.client();
        RawSide back = null;
        for (int i = 0; i < 8; i++) {
            client.send(post("abc"));
            back = back == null ? front.keep(dyno.accept()) : back;
            assertThat(back.message()).endsWith("abc");
            back.send(OK);
            assertThat(client.message()).endsWith("ok");
            assertThat(front.line()).contains("at=info", "dyno=web.2");
        }
    }

    @Test
    void all_refused_h21() throws Exception {
        front.tell(Front.state(Front.up(1, "web.1", nobody()), Front.up(2, "web.2", nobody())));
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        assertThat(front.line())
                .contains("code=H21 desc=\"Backend connection refused\"", "dyno=web.", "service= status=503");
    }

    @Test
    void aDynoThatRefusesBecauseItHasJustDiedIsWaitedOut() throws Exception {
        restart(router -> router.grace(Duration.ofMinutes(1)));
        front.tell(Front.state(Front.up(1, "web.1", nobody())));
        RawSide client = front.client(GET);
        Thread.sleep(200);
        front.tell(Front.state(Front.starting(2, "web.1", 1)));
        RawDyno dyno = front.keep(new RawDyno());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> front.router.stats().waiting() == 1);
        front.tell(Front.state(Front.up(2, "web.1", dyno.uri())));
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void connect_timeout_5s() throws Exception {
        restart(router -> router.times(times -> times.connect(Duration.ofMillis(300))));
        try (ServerSocket full = new ServerSocket(0, 1)) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                try {
                    socket.connect(full.getLocalSocketAddress(), 100);
                } catch (IOException e) {
                    // the backlog is full: what the test wants
                }
                if (socket.isConnected()) {
                    front.keep(new RawSide(socket));
                }
            }
            front.tell(Front.state(Front.up(1, "web.1", URI.create("http://127.0.0.1:" + full.getLocalPort()))));
            assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
            assertThat(front.line()).contains("code=H19 desc=\"Backend connection timeout\"", "dyno=web.1");
        }
    }

    @Test
    void max_10_attempts() throws Exception {
        List<WebDyno> dynos = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            dynos.add(Front.up(i, "web." + i, nobody()));
        }
        front.tell(new WebState(Front.SHOP, List.of(), false, true, 12, false, false, dynos));
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        assertThat(front.line()).contains("code=H21");
    }

    @Test
    void quarantine_5s_expires() throws Exception {
        restart(router -> router.times(times -> times.quarantine(Duration.ofMillis(400))));
        Socket taken = front.keep(taken());
        URI later = uri(taken);
        front.tell(Front.state(Front.up(1, "web.1", later)));
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        try (ServerSocket now = new ServerSocket()) {
            now.setReuseAddress(true);
            now.bind(taken.getLocalSocketAddress());
            now.setSoTimeout(30_000);
            RawSide client = front.client(GET);
            RawSide back = front.keep(new RawSide(now.accept()));
            back.head();
            back.send(OK);
            assertThat(client.message()).endsWith("ok");
        }
    }

    /** all_quarantined_75s_h99 and backends_quarantined. */
    @Test
    void all_quarantined_75s_h99() throws Exception {
        restart(router ->
                router.times(times -> times.boot(Duration.ofMillis(500)).quarantine(Duration.ofMinutes(5))));
        front.tell(Front.state(Front.up(1, "web.1", nobody())));
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        front.line();
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        assertThat(front.line()).contains("code=H99 desc=\"Platform error\"");
    }

    @Test
    void customDomainsAndWildcards() throws Exception {
        RawDyno dyno = front.keep(new RawDyno());
        front.tell(new WebState(
                Front.SHOP,
                List.of("www.example.com", "*.example.org"),
                false,
                true,
                1,
                false,
                false,
                List.of(Front.up(1, "web.1", dyno.uri()))));
        for (String host :
                new String[] {"www.EXAMPLE.com", "a.example.org:80", "shop.localhost.", "www.example.com."}) {
            RawSide client = front.client("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            RawSide back = dyno.accept();
            back.head();
            back.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            assertThat(client.rest()).endsWith("ok");
        }
        for (String host :
                new String[] {"example.org", "a.b.example.org", "example.com", "shop", "shop.localhost.evil"}) {
            RawSide client = front.client("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 404");
        }
    }
}
