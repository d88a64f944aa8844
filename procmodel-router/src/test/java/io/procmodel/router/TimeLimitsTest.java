package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Time limits, streaming and slow peers: the study's table, sections 1.7 and 1.8. */
class TimeLimitsTest extends Talk {
    private static final Duration SHORT = Duration.ofMillis(300);

    private RawDyno dyno;

    private void start(java.util.function.UnaryOperator<io.procmodel.router.limit.Times> times) throws Exception {
        restart(router -> router.times(times));
        dyno = front.dyno();
    }

    private RawSide back() throws IOException {
        return front.keep(dyno.accept());
    }

    /** h12_30s and first_read_timeout. */
    @Test
    void h12_30s() throws Exception {
        start(times -> times.firstByte(SHORT));
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        assertThat(client.message()).startsWith("HTTP/1.1 503");
        back.assertClosed();
        assertThat(front.line())
                .contains("at=error code=H12 desc=\"Request timeout\"", "dyno=web.1", "status=503 bytes=0");
    }

    /** h15_55s and other_read_timeout. */
    @Test
    void h15_55s() throws Exception {
        start(times -> times.rolling(SHORT));
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        assertThat(client.rest()).endsWith("half");
        assertThat(front.line()).contains("at=error code=H15 desc=\"Idle connection\"");
    }

    @Test
    void h28_55s() throws Exception {
        start(times -> times.rolling(SHORT));
        RawSide client = front.client("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 10\r\n\r\nhalf");
        RawSide back = back();
        back.head();
        client.assertClosed();
        assertThat(back.rest()).isEqualTo("half");
        assertThat(front.line()).contains("at=warning code=H28 desc=\"Client Connection Idle\"", "status=499");
    }

    @Test
    void slow_headers_408() throws Exception {
        start(times -> times.head(SHORT));
        RawSide client = front.client("GET / HTTP/1.1\r\nHo");
        assertThat(client.rest()).startsWith("HTTP/1.1 408");
        dyno.assertNotContacted();
    }

    @Test
    void aSlowHeadIsNotSavedByTrickling() throws Exception {
        start(times -> times.head(SHORT));
        RawSide client = front.client("GET / HTTP/1.1\r\n");
        try {
            for (int i = 0; i < 200; i++) {
                client.send("A: b\r\n");
                Thread.sleep(20);
            }
        } catch (IOException e) {
            // closed under the trickle, as it should be
        }
        assertThat(client.rest()).doesNotContain("HTTP/1.1 200");
        dyno.assertNotContacted();
    }

    @Test
    void idle_client_closed_silently() throws Exception {
        start(times -> times.idleClient(SHORT));
        front.client().assertClosed();
        front.assertNoLine();
    }

    @Test
    void sse_event_flushed_at_once() throws Exception {
        start(times -> times);
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.head();
        for (int i = 0; i < 5; i++) {
            back.send("9\r\ndata: " + i + "\n\n\r\n");
            assertThat(client.bytes(14)).isEqualTo("9\r\ndata: " + i + "\n\n\r\n");
        }
    }

    /** A client that does not read holds the dyno up, not the router's memory. */
    @Test
    void slow_reader_bounded_memory() throws Exception {
        String line;
        int rounds = 0;
        do { // on a busy machine the dyno may be the one that says nothing for so long
            start(times -> times.rolling(Duration.ofMillis(800)));
            line = fillClientThatDoesNotRead();
        } while (line.contains("code=H15") && ++rounds < 5);
        assertThat(line).contains("code=H28");
    }

    private String fillClientThatDoesNotRead() throws Exception {
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        client.head();
        String block = "x".repeat(64 * 1_024);
        long sent = 0;
        try {
            while (sent < 1_000_000_000L) {
                back.send(block);
                sent += block.length();
            }
        } catch (IOException e) {
            // the router gave up on the client
        }
        assertThat(sent).as("what got out of the dyno").isLessThan(64L * 1_024 * 1_024);
        return front.line();
    }

    @Test
    void pipe_proc_timeout() throws Exception {
        start(times -> times.rolling(SHORT));
        RawSide client = front.client(get("Connection: Upgrade\r\nUpgrade: raw\r\n"));
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n");
        client.head();
        client.assertClosed();
        back.assertClosed();
        assertThat(front.line()).contains("code=H15");
    }

    /** early_hints_103_forwarded and unsolicited_101_502. */
    @Test
    void interimResponses() throws Exception {
        start(times -> times);
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK);
        assertThat(client.head()).startsWith("HTTP/1.1 103").contains("Link: </a.css>");
        assertThat(client.message()).startsWith("HTTP/1.1 200").endsWith("ok");
        client.send(GET);
        back.head();
        back.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n");
        assertThat(client.message()).startsWith("HTTP/1.1 502");
    }

    @Test
    void refused_upgrade_body_kept() throws Exception {
        start(times -> times);
        RawSide client = front.client(get("Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: x\r\nContent-Length: 4\r\n\r\nno!!");
        assertThat(client.message())
                .startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: x")
                .endsWith("no!!");
    }

    @Test
    void upgrade_unlisted_protocol_policy() throws Exception {
        start(times -> times);
        RawSide client =
                front.client(get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n"));
        RawSide back = back();
        assertThat(back.head()).doesNotContainIgnoringCase("upgrade").doesNotContainIgnoringCase("http2-settings");
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void resp_garbage_h17() throws Exception {
        start(times -> times);
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send("SSH-2.0-dropbear\r\n\r\n");
        assertThat(client.message()).startsWith("HTTP/1.1 503");
        assertThat(front.line()).contains("at=error code=H17 desc=\"Poorly formatted HTTP response\"");
    }

    /** line_fields_and_order, quote_and_newline_escaped. */
    @Test
    void line_fields_and_order() throws Exception {
        start(times -> times);
        RawSide client = front.client("GET /a\"b?c=%0a HTTP/1.1\r\n" + HOST + "X-Forwarded-For: 1.1.1.1\r\n"
                + "X-Request-Id: abcdefghijklmnopqrstuvwxyz\r\n\r\n");
        RawSide back = back();
        back.head();
        back.send(OK);
        client.message();
        assertThat(front.line())
                .matches("shop at=info method=GET path=\"/a\\\\\"b\\?c=%0a\" host=shop\\.localhost"
                        + " request_id=abcdefghijklmnopqrstuvwxyz fwd=\"1\\.1\\.1\\.1, 127\\.0\\.0\\.1\" dyno=web\\.1"
                        + " connect=\\d+ms service=\\d+ms status=200 bytes=40 protocol=http1\\.1 tls="
                        + (overTls() ? "true tls_version=tls1\\.3" : "false tls_version=unknown"));
    }
}
