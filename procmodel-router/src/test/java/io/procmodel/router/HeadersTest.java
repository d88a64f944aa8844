package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Headers on their way, the study's table, sections 1.2, 1.7 and 1.8. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with CR LF
class HeadersTest extends Talk {
    private RawDyno dyno;

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
    }

    private String seen(String headers) throws IOException {
        try (RawSide client = front.client(get(headers));
                RawSide back = dyno.accept()) {
            String head = back.head();
            back.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            client.message();
            return head;
        }
    }

    private String answered(String response) throws IOException {
        try (RawSide client = front.client(get("Connection: close\r\n"));
                RawSide back = dyno.accept()) {
            back.head();
            try {
                back.send(response);
            } catch (IOException e) {
                // The router has seen enough of it.
            }
            return client.rest();
        }
    }

    private void restricted(String detail, String response) throws IOException, InterruptedException {
        assertThat(answered(response)).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
        assertThat(front.line())
                .contains("at=error code=H25 desc=\"HTTP restriction: " + detail + "\"", "dyno=web.1", "status=502");
    }

    @Test
    void duplicate_different_lengths_resp() throws Exception {
        restricted("invalid content length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk");
    }

    @Test
    void duplicate_csv_lengths_resp() throws Exception {
        restricted("invalid content length", "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nokk");
        restricted("invalid content length", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nokk");
    }

    @Test
    @DisplayName("duplicate_identical_lengths_resp: refused, unless foldEqualLengths is on")
    void duplicate_identical_lengths_resp() throws Exception {
        String twice = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok";
        restricted("invalid content length", twice);
        restart(router -> router.features(features -> features.foldEqualLengths(true)));
        dyno = front.dyno();
        assertThat(answered(twice)).startsWith("HTTP/1.1 200 OK").endsWith("ok");
    }

    @Test
    void resp_te_and_cl_502() throws Exception {
        restricted(
                "invalid content length",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    @Test
    @DisplayName("delete_hop_by_hop: vegur's list, and every header that Connection names")
    void delete_hop_by_hop() throws IOException {
        String head = seen("Connection: keep-alive, x-private\r\nX-Private: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\n"
                + "Proxy-Authorization: x\r\nProxy-Connection: x\r\nUpgrade: raw\r\nTrailer: X-Sum\r\n");
        assertThat(head)
                .doesNotContainIgnoringCase("x-private")
                .doesNotContainIgnoringCase("\r\nte:")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContainIgnoringCase("proxy-")
                .doesNotContainIgnoringCase("upgrade")
                .contains("\r\nTrailer: X-Sum\r\n");
        assertThat(answered("HTTP/1.1 200 OK\r\nConnection: close, X-Own\r\nX-Own: 1\r\nKeep-Alive: 5\r\n"
                        + "Content-Length: 2\r\n\r\nok"))
                .doesNotContain("X-Own", "Keep-Alive");
    }

    @Test
    void connection_cannot_nominate_xff() throws IOException {
        assertThat(seen("X-Forwarded-For: 9.9.9.9\r\nCookie: a=b\r\nAuthorization: x\r\n"
                        + "Connection: X-Forwarded-For, X-Request-Id, Host, Cookie, Authorization, Content-Length\r\n"))
                .contains("X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n", "Cookie: a=b\r\n", "Authorization: x\r\n")
                .contains(HOST, "X-Request-Id: ");
    }

    @Test
    void underscore_forwarded_dropped() throws IOException {
        assertThat(seen("X_Forwarded_For: 1.1.1.1\r\nX_FORWARDED_PROTO: https\r\nx_request_id: a\r\n"))
                .doesNotContain("_");
    }

    @Test
    void httpoxy_proxy_dropped() throws IOException {
        assertThat(seen("Proxy: http://evil\r\n")).doesNotContain("evil");
    }

    @Test
    void xff_multi_line_joined() throws IOException {
        assertThat(seen("X-Forwarded-For: 1.1.1.1\r\nx-forwarded-for: 2.2.2.2, 3.3.3.3\r\n"))
                .contains("\r\nX-Forwarded-For: 1.1.1.1, 2.2.2.2, 3.3.3.3, 127.0.0.1\r\n")
                .doesNotContain("x-forwarded-for");
    }

    @Test
    @DisplayName("forwarded_for: scheme and port are the listener's, never the Host header's")
    void forwarded_for() throws IOException {
        String head = seen("X-Forwarded-Proto: https\r\nX-Forwarded-Port: 443\r\nX-Forwarded-Host: kept\r\n");
        assertThat(head)
                .contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Host: kept\r\n")
                .contains("X-Forwarded-Proto: " + (overTls() ? "https\r\n" : "http\r\n"))
                .contains("X-Forwarded-Port: " + front.port() + "\r\n")
                .doesNotContain("Port: 443\r\n", overTls() ? "http\r" : "https");
    }

    @Test
    void request_id() throws Exception {
        String valid = "abcDEF0123456789+/=-";
        assertThat(seen("X-Request-Id: " + valid + "\r\n")).contains("X-Request-Id: " + valid + "\r\n");
        assertThat(front.line()).contains("request_id=" + valid + " ");
        for (String bad :
                new String[] {"short", "x".repeat(201), "abcdefghijklmnopqrst\"v", "with blank in the middle"}) {
            assertThat(seen("X-Request-Id: " + bad + "\r\n"))
                    .doesNotContain(bad)
                    .containsPattern(
                            "X-Request-Id: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r\n");
        }
    }

    @Test
    void connect_time_header_start_time_header_route_time_header() throws IOException {
        assertThat(seen("X-Request-Start: 1\r\nConnect-Time: x\r\nTotal-Route-Time: x\r\n"))
                .containsPattern("\r\nX-Request-Start: \\d{13}\r\n")
                .containsPattern("\r\nConnect-Time: \\d+\r\n")
                .containsPattern("\r\nTotal-Route-Time: \\d+\r\n");
    }

    @Test
    void via() throws IOException {
        assertThat(seen("")).contains("\r\nVia: 1.1 procmodel\r\n");
        assertThat(answered(OK)).contains("\r\nVia: 1.1 procmodel\r\n");
    }

    @Test
    void via_chain() throws IOException {
        assertThat(seen("Via: 1.0 a\r\nVia: 1.1 b\r\n")).contains("\r\nVia: 1.0 a, 1.1 b, 1.1 procmodel\r\n");
        assertThat(answered("HTTP/1.1 200 OK\r\nVia: 1.1 app\r\nContent-Length: 2\r\n\r\nok"))
                .contains("\r\nVia: 1.1 app, 1.1 procmodel\r\n");
    }

    @Test
    void response_cookie_limits() throws Exception {
        String fits = "Set-Cookie: " + "c".repeat(8_192 - "Set-Cookie: ".length()) + "\r\n";
        assertThat(answered("HTTP/1.1 200 OK\r\n" + fits + "Content-Length: 2\r\n\r\nok"))
                .contains(fits);
        front.line();
        restricted(
                "oversized cookie",
                "HTTP/1.1 200 OK\r\n" + fits.replace("Cookie: ", "Cookie: c") + "Content-Length: 2\r\n\r\nok");
    }

    @Test
    void response_header_line_limits() throws Exception {
        String fits = "X: " + "x".repeat(512 * 1_024 - 3) + "\r\n";
        assertThat(answered("HTTP/1.1 200 OK\r\n" + fits + "Content-Length: 2\r\n\r\nok"))
                .contains(fits);
        front.line();
        restricted("oversized header", "HTTP/1.1 200 OK\r\nX: x" + fits.substring(3) + "Content-Length: 2\r\n\r\nok");
    }

    @Test
    void response_status_limits() throws Exception {
        restricted("oversized status line", "HTTP/1.1 200 " + "x".repeat(8_200) + "\r\nContent-Length: 2\r\n\r\nok");
    }

    @Test
    void bad_status() throws IOException {
        assertThat(answered("HTTP/1.1 777 Lucky You\r\nContent-Length: 2\r\n\r\nok"))
                .startsWith("HTTP/1.1 777 Lucky You\r\n")
                .endsWith("ok");
    }

    @Test
    void missing_reason_phrase_blank_reason_phrase_deliberate_reason_phrase() throws IOException {
        assertThat(answered("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"))
                .startsWith("HTTP/1.1 200")
                .endsWith("ok");
        assertThat(answered("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok"))
                .startsWith("HTTP/1.1 200")
                .endsWith("ok");
        assertThat(answered("HTTP/1.1 200 Fine by me\r\nContent-Length: 2\r\n\r\nok"))
                .startsWith("HTTP/1.1 200 Fine by me\r\n");
    }

    @Test
    void preserve_case() throws IOException {
        assertThat(seen("x-lower: 1\r\nX-MIXED-case: 2\r\n")).contains("\r\nx-lower: 1\r\n", "\r\nX-MIXED-case: 2\r\n");
        assertThat(answered("HTTP/1.1 200 OK\r\nx-lower: 1\r\nX-MIXED-case: 2\r\nContent-Length: 2\r\n\r\nok"))
                .contains("\r\nx-lower: 1\r\n", "\r\nX-MIXED-case: 2\r\n");
    }

    @Test
    void header_order_order_preservation() throws IOException {
        assertThat(answered("HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\nA: 3\r\nContent-Length: 2\r\n\r\nok"))
                .contains("\r\nA: 1\r\nB: 2\r\nA: 3\r\n");
        assertThat(seen("A: 1\r\nB: 2\r\nA: 3\r\n")).contains("\r\nA: 1\r\nB: 2\r\nA: 3\r\n");
    }

    @Test
    void host_query_string_content_length_no_content_length() throws IOException {
        RawSide client = front.client("GET /a%20b?c=d&e=%2F HTTP/1.1\r\nHost: SHOP.localhost:8080\r\n\r\n");
        RawSide back = front.keep(dyno.accept());
        assertThat(back.head())
                .startsWith("GET /a%20b?c=d&e=%2F HTTP/1.1\r\n")
                .contains("\r\nHost: SHOP.localhost:8080\r\n")
                .doesNotContainIgnoringCase("content-length")
                .doesNotContainIgnoringCase("transfer-encoding");
        back.send(OK);
        client.message();
    }

    @Test
    void bytesAboveAsciiInValuesAreKept() throws IOException {
        assertThat(seen("X-Name: caf\u00e9 \u00ff\r\n")).contains("X-Name: caf\u00e9 \u00ff\r\n");
    }

    @Test
    void affinity_is_off_by_default_and_follows_the_cookie() throws Exception {
        assertThat(answered(OK)).doesNotContainIgnoringCase("set-cookie");
        restart(router -> router.features(features -> features.affinity(true)));
        RawDyno one = front.keep(new RawDyno());
        RawDyno two = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(1, "web.1", one.uri()), Front.up(2, "web.2", two.uri())));
        dyno = two;
        String cookie =
                "heroku-session-affinity=2-" + Integer.toHexString(two.uri().getPort());
        for (int i = 0; i < 8; i++) {
            assertThat(seen("Cookie: a=b; " + cookie + "\r\n")).contains(cookie);
        }
        front.tell(Front.state(Front.up(2, "web.2", two.uri())));
        RawSide client = front.client(get("Cookie: heroku-session-affinity=gone\r\nConnection: close\r\n"));
        RawSide back = front.keep(two.accept());
        back.head();
        back.send(OK);
        assertThat(client.rest()).contains(cookie);
    }
}
