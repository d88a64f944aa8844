package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which connections live on, the study's table, sections 1.5 and part of 1.8; names are option_client_dyno. */
class KeepAliveTest extends Talk {
    private static final String CLOSE = "Connection: close\r\n";
    private static final String KEEP = "Connection: keep-alive\r\n";

    private RawDyno dyno;
    private RawSide client;

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
        client = front.client();
    }

    private void withoutKeepAlive() throws Exception {
        restart(router -> router.features(features -> features.keepAlive(false)));
        start();
    }

    private RawSide back() throws IOException {
        return front.keep(dyno.accept());
    }

    private static String ok(String headers) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + "\r\nok";
    }

    /** One round on a new connection to the dyno. */
    private RawSide round(String clientHeaders, String dynoHeaders, boolean toldClose) throws IOException {
        client.send(get(clientHeaders));
        RawSide back = back();
        assertThat(back.head().toLowerCase(java.util.Locale.ROOT).contains("connection: close"))
                .isEqualTo(toldClose);
        back.send(ok(dynoHeaders));
        return back;
    }

    private void assertClientKept() throws IOException {
        assertThat(client.message()).doesNotContainIgnoringCase("close").endsWith("ok");
        RawSide next = round("", CLOSE, !front.router.stats().failures().isEmpty());
        assertThat(client.message()).endsWith("ok");
        next.close();
    }

    private void assertClientClosed() throws IOException {
        assertThat(client.rest()).containsIgnoringCase("connection: close").endsWith("ok");
    }

    @Test
    void close_close_close() throws Exception {
        withoutKeepAlive();
        RawSide back = round(CLOSE, CLOSE, true);
        assertClientClosed();
        back.assertClosed();
    }

    /** close_keepalive_keepalive, close_default_default, close_keepalive_close. */
    @Test
    void close_keepalive() throws Exception {
        String[][] cases = {{KEEP, KEEP}, {"", ""}, {KEEP, CLOSE}};
        for (String[] headers : cases) {
            withoutKeepAlive();
            RawSide back = round(headers[0], headers[1], true);
            assertThat(client.message()).doesNotContainIgnoringCase("close").endsWith("ok");
            back.assertClosed();
            back = round("", "", true);
            assertThat(client.message()).endsWith("ok");
            back.assertClosed();
        }
    }

    @Test
    void close_close_keepalive() throws Exception {
        withoutKeepAlive();
        RawSide back = round(CLOSE, KEEP, true);
        assertClientClosed();
        back.assertClosed();
    }

    @Test
    void keepalive_close_close() throws IOException {
        RawSide back = round(CLOSE, CLOSE, false);
        assertClientClosed();
        back.assertClosed();
    }

    /** keepalive_keepalive_keepalive, keepalive_default_default; request_keepalive_statistics: connect is 0 then. */
    @Test
    void keepalive_keepalive() throws Exception {
        for (String header : new String[] {KEEP, ""}) {
            restart(router -> router);
            start();
            RawSide back = round(header, header, false);
            assertThat(client.message()).endsWith("ok");
            front.line();
            client.send(get(header));
            back.head();
            back.send(ok(header));
            assertThat(client.message()).endsWith("ok");
            assertThat(front.line()).contains(" connect=0ms ");
            back.close();
        }
    }

    @Test
    @DisplayName("keepalive_close_keepalive: the client's close is its own; the dyno's connection is kept")
    void keepalive_close_keepalive() throws IOException {
        RawSide back = round(CLOSE, KEEP, false);
        assertClientClosed();
        client = front.client(GET);
        back.head();
        back.send(ok(""));
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void keepalive_keepalive_close() throws IOException {
        RawSide back = round(KEEP, CLOSE, false);
        assertClientKept();
        back.assertClosed();
    }

    @Test
    @DisplayName("keepalive_reset: a new life of the dyno never gets the old one's connection")
    void keepalive_reset() throws IOException {
        RawSide old = round("", "", false);
        client.message();
        front.tell(Front.state(Front.up(2, "web.1", dyno.uri())));
        old.assertClosed();
        RawSide fresh = round("", "", false);
        client.message();
        client.send(GET);
        fresh.head();
        fresh.send(ok(""));
        assertThat(client.message()).endsWith("ok");
    }

    private RawSide upgrade() throws IOException {
        client.send(get("Connection: Upgrade\r\nUpgrade: raw\r\n"));
        RawSide back = back();
        assertThat(back.head()).contains("\r\nConnection: Upgrade\r\n").contains("\r\nUpgrade: raw\r\n");
        back.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 101 ");
        return back;
    }

    @Test
    void keepalive_upgrade_close_server() throws Exception {
        RawSide back = upgrade();
        back.send("bye");
        back.close();
        assertThat(client.rest()).isEqualTo("bye");
        client.close();
        assertThat(front.line()).contains("status=101", "at=info");
    }

    @Test
    void keepalive_upgrade_close_client() throws Exception {
        RawSide back = upgrade();
        client.send("bye");
        client.close();
        assertThat(back.rest()).isEqualTo("bye");
        back.close();
        assertThat(front.line()).contains("status=101", "at=info");
        client = front.client();
        round("", "", false);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void evicted_on_fin_while_idle() throws Exception {
        RawSide back = round("", "", false);
        client.message();
        back.close();
        RawSide next = round("", "", false);
        assertThat(client.message()).endsWith("ok");
        assertThat(next).isNotSameAs(back);
    }

    @Test
    void stale_reuse_get_retried_once() throws Exception {
        RawSide back = round("", "", false);
        client.message();
        client.send(GET);
        back.head();
        back.close();
        RawSide fresh = back();
        fresh.head();
        fresh.close();
        assertThat(client.message()).startsWith("HTTP/1.1 503");
        front.line();
        assertThat(front.line()).contains("code=H13", "dyno=web.1", "status=503");
        dyno.assertNotContacted();
    }

    @Test
    void post_sent_never_retried() throws Exception {
        RawSide back = round("", "", false);
        client.message();
        front.line();
        client.send(post("abc"));
        assertThat(back.message()).endsWith("abc");
        back.close();
        assertThat(client.message()).startsWith("HTTP/1.1 503");
        assertThat(front.line()).contains("code=H13");
        dyno.assertNotContacted();
    }

    @Test
    void body_started_never_retried() throws Exception {
        RawSide back = round("", "", false);
        client.message();
        client.send("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nab");
        back.head();
        back.close();
        assertThat(client.rest()).startsWith("HTTP/1.1 503");
        dyno.assertNotContacted();
    }

    @Test
    void aResponseThatHasBegunIsNeverRetried() throws Exception {
        RawSide back = round("", "", false);
        client.message();
        client.send(GET);
        back.head();
        back.send("HTTP/1.1 200");
        back.close();
        assertThat(client.message()).startsWith("HTTP/1.1 503");
        dyno.assertNotContacted();
    }

    @Test
    void whatMayNotBeRepeatedTakesAFreshConnectionAfterASecond() throws Exception {
        restart(router -> router.fresh(Duration.ofSeconds(1)).times(times -> times.idleDyno(Duration.ofMinutes(5))));
        start();
        RawSide back = round("", "", false);
        client.message();
        Thread.sleep(1_100);
        client.send(post("abc"));
        RawSide fresh = back();
        assertThat(fresh.message()).endsWith("abc");
        fresh.send(ok(""));
        assertThat(client.message()).endsWith("ok");
        back.assertSilent();
    }

    @Test
    void aByteOnAnIdleConnectionEndsIt() throws Exception {
        RawSide back = round("", "", false);
        client.message();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        back.assertClosed();
        round("", "", false);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void idleConnectionsToDynosAreClosedInTime() throws Exception {
        restart(router -> router.times(times -> times.idleDyno(Duration.ofMillis(200))));
        start();
        RawSide back = round("", "", false);
        client.message();
        back.assertClosed();
    }

    @Test
    void pipelinedRequestsAreServedOneAfterAnother() throws Exception {
        client.send(GET + "GET /second HTTP/1.1\r\n" + HOST + "\r\n");
        RawSide back = back();
        assertThat(back.head()).startsWith("GET / ");
        back.assertSilent();
        back.send(ok(""));
        assertThat(client.message()).endsWith("ok");
        assertThat(back.head()).startsWith("GET /second ");
        back.send(ok(""));
        assertThat(client.message()).endsWith("ok");
    }
}
