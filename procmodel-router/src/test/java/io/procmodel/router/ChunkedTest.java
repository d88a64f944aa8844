package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.0 and chunked bodies, the study's table, sections 1.3, 1.7 and 1.8. */
class ChunkedTest extends Talk {
    private static final String CHUNKED_OK = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private RawDyno dyno;

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
    }

    private RawSide back() throws IOException {
        return front.keep(dyno.accept());
    }

    @Test
    void advertise_1_1() throws IOException {
        RawSide client = front.client("GET / HTTP/1.0\r\n" + HOST + "\r\n");
        RawSide back = back();
        assertThat(back.head()).startsWith("GET / HTTP/1.1\r\n");
        back.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");
    }

    @Test
    void conn_close_default() throws IOException {
        RawSide client = front.client("GET / HTTP/1.0\r\n" + HOST + "\r\n");
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        assertThat(client.rest()).containsIgnoringCase("connection: close").endsWith("ok");
        back.assertClosed();
    }

    @Test
    void conn_keepalive_opt_keepalive_http_1_0() throws IOException {
        RawSide client = front.client();
        RawSide back = null;
        for (int round = 0; round < 2; round++) {
            client.send("GET / HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n");
            back = back == null ? back() : back;
            back.head();
            back.send(OK);
            assertThat(client.message())
                    .containsIgnoringCase("\r\nconnection: keep-alive\r\n")
                    .endsWith("ok");
        }
    }

    @Test
    void chunked_to_1_0() throws IOException {
        RawSide client = front.client("GET / HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n");
        RawSide back = back();
        back.head();
        back.send(CHUNKED_OK + "2\r\nok\r\n3\r\nay!\r\n0\r\n\r\n");
        assertThat(client.rest())
                .doesNotContainIgnoringCase("transfer-encoding")
                .containsIgnoringCase("connection: close")
                .endsWith("\r\n\r\nokay!");
    }

    @Test
    @DisplayName("passthrough: the content is equal; where chunks end is not promised")
    void passthrough_keepalive_chunked() throws IOException {
        RawSide client = front.client();
        RawSide back = null;
        for (int round = 0; round < 2; round++) {
            client.send(chunked("5\r\nhello\r\n1;x=\"y\"\r\n!\r\n0\r\n\r\n"));
            back = back == null ? back() : back;
            assertThat(content(back.message())).isEqualTo("hello!");
            back.send(CHUNKED_OK + "2\r\nok\r\n0\r\n\r\n");
            assertThat(content(client.message())).isEqualTo("ok");
        }
    }

    private static String content(String message) {
        StringBuilder content = new StringBuilder();
        int at = message.indexOf("\r\n\r\n") + 4;
        while (true) {
            int end = message.indexOf("\r\n", at);
            int size = Integer.parseInt(message.substring(at, end), 16);
            if (size == 0) {
                return content.toString();
            }
            content.append(message, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
    }

    @Test
    void passthrough_short_crlf() throws Exception {
        restart(router -> router.times(times -> times.rolling(java.time.Duration.ofMillis(300))));
        dyno = front.dyno();
        RawSide client = front.client(chunked("5\r\nhello\r\n0\r\n"));
        RawSide back = back();
        back.head();
        assertThat(back.bytes(10)).isEqualTo("5\r\nhello\r\n");
        client.assertClosed();
        assertThat(front.line()).contains("code=H28", "status=499");
    }

    @Test
    void passthrough_early_0length() throws Exception {
        RawSide client = front.client(chunked("4\r\nabcd\r\n0\r\n5\r\nabcde\r\n0\r\n\r\n"));
        try (RawSide back = dyno.accept()) {
            assertThat(back.rest()).doesNotContain("abcde").doesNotContain("\r\n0\r\n");
        }
        assertThat(client.rest()).startsWith("HTTP/1.1 400");
        assertThat(front.line()).contains("code=H26", "cause=\"bad chunk\"", "dyno=web.1", "status=400");
    }

    @Test
    void passthrough_partial_early_0length1() throws IOException {
        RawSide client = front.client(chunked("4\r\nabcd\r\n"));
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nok");
        assertThat(client.head()).startsWith("HTTP/1.1 200");
        client.send("0\r\n5\r\nabcde\r\n0\r\n\r\n");
        assertThat(client.rest()).isEqualTo("ok");
        assertThat(back.rest()).doesNotContain("abcde");
    }

    @Test
    void passthrough_partial_early_0length2() throws IOException {
        RawSide client = front.client(chunked("4\r\nabcd\r\n"));
        RawSide back = back();
        back.head();
        client.send("0\r\n5\r\nabcde\r\n0\r\n\r\n");
        assertThat(client.rest()).startsWith("HTTP/1.1 400");
        assertThat(back.rest()).doesNotContain("abcde");
    }

    private String cut(String chunks) throws IOException {
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send(CHUNKED_OK + chunks);
        String all = client.rest();
        assertThat(all.indexOf("HTTP/1.1", 1)).as("a second status").isNegative();
        assertThat(all).doesNotEndWith("0\r\n\r\n");
        back.assertClosed();
        return all;
    }

    @Test
    void passthrough_partial_early_0length3() throws IOException {
        assertThat(cut("2\r\nok\r\n0\r\n5\r\nabcde\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "2\r\nokXX", "99999999999999999\r\n", "2\r\nok\n"})
    void bad_chunk(String bad) throws IOException {
        assertThat(cut("2\r\nok\r\n" + bad + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("2\r\nok\r\n");
    }

    @Test
    void interrupted_client() throws Exception {
        RawSide client = front.client(chunked("5\r\nhel"));
        RawSide back = back();
        back.head();
        client.close();
        back.rest();
        assertThat(front.line())
                .startsWith("shop sock=client at=warning code=H27")
                .contains("status=499");
    }

    @Test
    void interrupted_server() throws Exception {
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send(CHUNKED_OK + "5\r\nhel");
        assertThat(client.head()).startsWith("HTTP/1.1 200");
        back.close();
        assertThat(client.rest()).doesNotContain("0\r\n\r\n");
        assertThat(front.line())
                .startsWith("shop sock=backend at=error code=H18")
                .contains("status=503");
    }

    @Test
    void resp_truncated_cuts_client() throws Exception {
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        back.close();
        assertThat(client.rest()).endsWith("half");
        assertThat(front.line()).contains("code=H18");
    }

    @Test
    void trailers() throws IOException {
        RawSide client = front.client("POST / HTTP/1.1\r\n" + HOST
                + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 1\r\n\r\n");
        RawSide back = back();
        assertThat(back.message()).contains("\r\nTrailer: X-Sum\r\n").containsIgnoringCase("0\r\nx-sum: 1\r\n\r\n");
        back.send(
                "HTTP/1.1 200 OK\r\nTrailer: X-End\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-End: 2\r\n\r\n");
        assertThat(client.message()).contains("\r\nTrailer: X-End\r\n").containsIgnoringCase("0\r\nx-end: 2\r\n\r\n");
        client.send(GET);
        back.head();
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void trailers_close() throws IOException {
        RawSide client = front.client(get("Connection: close\r\n"));
        RawSide back = back();
        back.head();
        back.send(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-End: 2\r\n\r\n");
        assertThat(client.rest()).containsIgnoringCase("x-end: 2\r\n\r\n");
    }

    @Test
    void trailers_client_err() throws IOException {
        RawSide client = front.client(chunked("2\r\nab\r\n0\r\nX Sum: 1\r\n\r\n"));
        assertThat(client.rest()).startsWith("HTTP/1.1 400");
    }

    @Test
    void trailers_serv_err() throws IOException {
        assertThat(cut("2\r\nok\r\n0\r\n: bad\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void trailers_no_header() throws IOException {
        RawSide client = front.client(GET);
        RawSide back = back();
        back.head();
        back.send(CHUNKED_OK + "2\r\nok\r\n0\r\nX-End: 2\r\n\r\n");
        assertThat(client.message()).containsIgnoringCase("x-end: 2\r\n\r\n");
    }

    /** chunk_size_lf_only, chunk_ext_bare_lf, chunk_size_0x, chunk_size_overflow, chunk_data_no_crlf and more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
                "FFFFFFFF\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5\rhello\r\n0\r\n\r\n",
                "5;\"a\r\nhello\r\n0\r\n\r\n",
                "5;a=\0\r\nhello\r\n0\r\n\r\n",
                "5_\r\nhello\r\n0\r\n\r\n",
                "0\r\n\r",
                "0\r\nX: y\n\r\n",
                "0\n\r\n"
            })
    void chunk_framing(String chunks) throws IOException {
        RawSide client = front.client(chunked(chunks + GET));
        assertThat(client.rest()).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
    }
}
