package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Expect: 100-continue}, the study's table, section 1.1. */
class ContinueTest extends Talk {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String HEAD =
            "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nExpect: 100-Continue\r\n\r\n";

    private RawDyno dyno;
    private RawSide client;

    @BeforeEach
    void endToEnd() throws Exception {
        restart(router -> router.features(features -> features.endToEndContinue(true)));
        dyno = front.dyno();
        client = front.client();
    }

    private RawSide sendHead() throws IOException {
        client.send(HEAD);
        RawSide back = front.keep(dyno.accept());
        assertThat(back.head()).containsIgnoringCase("\r\nexpect: 100-continue\r\n");
        return back;
    }

    @Test
    void back_and_forth() throws IOException {
        RawSide back = sendHead();
        back.send(CONTINUE);
        assertThat(client.head()).isEqualTo(CONTINUE);
        client.send("body");
        assertThat(back.bytes(4)).isEqualTo("body");
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        assertThat(client.message()).doesNotContain("close").endsWith("ok");
        client.send(GET);
        try (RawSide next = dyno.accept()) {
            next.head();
            next.send(OK);
            assertThat(client.message()).endsWith("ok");
        }
    }

    @Test
    void body_timeout() throws IOException {
        RawSide back = sendHead();
        client.send("body");
        assertThat(back.bytes(4)).isEqualTo("body");
        back.send(OK);
        assertThat(client.message()).startsWith("HTTP/1.1 200");
    }

    @Test
    void non_terminal() throws IOException {
        RawSide back = sendHead();
        back.send(CONTINUE);
        assertThat(client.head()).isEqualTo(CONTINUE);
        client.send("body");
        back.bytes(4);
        back.send(CONTINUE);
        assertThat(client.message()).startsWith("HTTP/1.1 502");
    }

    @Test
    void continue_upgrade_httpbis() throws IOException {
        client.send("POST / HTTP/1.1\r\n" + HOST
                + "Connection: upgrade\r\nUpgrade: raw\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send(CONTINUE);
        assertThat(client.head()).isEqualTo(CONTINUE);
        client.send("body");
        assertThat(back.bytes(4)).isEqualTo("body");
        tunnel(back);
    }

    @Test
    void upgrade_no_continue() throws IOException {
        client.send(
                "GET / HTTP/1.1\r\n" + HOST + "Connection: upgrade\r\nUpgrade: raw\r\nExpect: 100-continue\r\n\r\n");
        RawSide back = front.keep(dyno.accept());
        back.head();
        tunnel(back);
    }

    private void tunnel(RawSide back) throws IOException {
        back.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\nhello");
        assertThat(client.head()).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: raw");
        assertThat(client.bytes(5)).isEqualTo("hello");
        client.send("there");
        assertThat(back.bytes(5)).isEqualTo("there");
    }

    @Test
    void terminal_no_continue_partial() throws IOException {
        RawSide back = sendHead();
        back.send(OK);
        assertThat(client.rest())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("connection: close")
                .endsWith("ok");
        back.assertClosed();
    }

    @Test
    void terminal_no_continue_complete() throws IOException {
        RawSide back = sendHead();
        client.send("body");
        back.bytes(4);
        back.send(OK);
        assertThat(client.rest())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("connection: close")
                .endsWith("ok");
        back.assertClosed();
    }

    @Test
    void no_expect_continue() throws IOException {
        client.send(GET);
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send(CONTINUE + OK);
        assertThat(client.head()).isEqualTo(CONTINUE);
        assertThat(client.message()).startsWith("HTTP/1.1 200");
    }

    @Test
    void http_1_0_continue() throws IOException {
        client.send("GET / HTTP/1.0\r\n" + HOST + "\r\n");
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send(CONTINUE + OK);
        assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("ok");
    }

    @Test
    void unknown_expect() throws IOException {
        client.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nExpect: miracles\r\n\r\n");
        assertThat(client.rest()).startsWith("HTTP/1.1 417");
        dyno.assertNotContacted();
    }

    @Test
    void bad_syntax_expect() throws IOException {
        client.send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nExpect: ,=\r\n\r\n");
        assertThat(client.rest()).startsWith("HTTP/1.1 400");
        dyno.assertNotContacted();
    }

    @Test
    void bypass() throws Exception {
        restart(router -> router);
        dyno = front.dyno();
        client = front.client(HEAD);
        RawSide back = front.keep(dyno.accept());
        assertThat(client.head()).isEqualTo(CONTINUE);
        client.send("body");
        assertThat(back.message()).doesNotContainIgnoringCase("expect").endsWith("body");
        back.send(OK);
        assertThat(client.message()).startsWith("HTTP/1.1 200").endsWith("ok");
    }
}
