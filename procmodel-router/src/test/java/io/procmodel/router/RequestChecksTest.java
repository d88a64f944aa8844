package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a dyno hears of it: the study's table, sections 1.2, 1.6 and 1.8. */
class RequestChecksTest extends Talk {
    private RawDyno dyno;

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
    }

    /** The client gets this status and a closed connection; the dyno gets nothing, whatever follows. */
    private void refused(int status, String request) throws IOException {
        try (RawSide client = front.client(request + "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n")) {
            String answer = client.rest();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("connection: close");
            assertThat(answer.indexOf("HTTP/1.1", 1))
                    .as("a second answer in " + answer)
                    .isNegative();
        }
        dyno.assertNotContacted();
    }

    private void refusedHead(int status, String headers) throws IOException {
        refused(status, "POST / HTTP/1.1\r\n" + HOST + headers + "\r\n");
    }

    private String accepted(String request) throws IOException {
        try (RawSide client = front.client(request);
                RawSide back = dyno.accept()) {
            String seen = back.message();
            back.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            assertThat(client.message()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");
            return seen;
        }
    }

    @Test
    void duplicate_different_lengths_req() throws IOException {
        refusedHead(400, "Content-Length: 3\r\nContent-Length: 4\r\n");
    }

    @Test
    void duplicate_csv_lengths_req() throws IOException {
        refusedHead(400, "Content-Length: 3, 3\r\n");
    }

    @Test
    @DisplayName("duplicate_identical_lengths_req: stricter than vegur, which folds them")
    void duplicate_identical_lengths_req() throws IOException {
        refusedHead(400, "Content-Length: 3\r\nContent-Length: 3\r\n");
    }

    @Test
    void host_nofold() throws IOException {
        refusedHead(400, HOST);
    }

    @Test
    void host_conflict() throws IOException {
        refusedHead(400, "Host: other.localhost\r\n");
    }

    @Test
    void no_host() throws IOException {
        refused(400, "GET / HTTP/1.1\r\n\r\n");
        refused(400, "GET / HTTP/1.0\r\n\r\n");
    }

    @Test
    void empty_host() throws IOException {
        refused(400, "GET / HTTP/1.1\r\nHost:\r\n\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: \t\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.localhost/x",
                "a b",
                "shop.localhost:8x",
                "shop.localhost:1:2",
                "user@shop.localhost",
                "sh\"op",
                "shop.localhost,other",
                "[::1",
                "sh\u00f6p.localhost",
                "shop.localhost:123456",
                "%73hop.localhost"
            })
    void host_charset(String host) throws IOException {
        refused(400, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void empty_expect() throws IOException {
        assertThat(accepted("GET / HTTP/1.1\r\n" + HOST + "Expect:\r\n\r\n")).doesNotContain("Expect");
    }

    @Test
    void invalid_expect() throws IOException {
        refusedHead(417, "Expect: 200-maybe\r\n");
    }

    @Test
    void bad_syntax_expect() throws IOException {
        refusedHead(400, "Expect: =\r\n");
    }

    @Test
    void url_limits() throws IOException {
        int overhead = "GET / HTTP/1.1".length();
        String longest = "GET /" + "a".repeat(8_192 - overhead) + " HTTP/1.1\r\n" + HOST + "\r\n";
        assertThat(accepted(longest)).startsWith("GET /aaa");
        refused(414, "GET /" + "a".repeat(8_193 - overhead) + " HTTP/1.1\r\n" + HOST + "\r\n");
        refused(414, "GET /" + "a".repeat(100_000));
    }

    @Test
    @DisplayName("header_line_limits: 431 where vegur says 400")
    void header_line_limits() throws IOException {
        String name = "n".repeat(1_000);
        String value = "v".repeat(8_192);
        assertThat(accepted("GET / HTTP/1.1\r\n" + HOST + name + ": " + value + "\r\n\r\n"))
                .contains(name + ": " + value);
        refusedHead(431, name + "n: v\r\n");
        refusedHead(431, "N: " + value + "v\r\n");
        refused(431, "GET / HTTP/1.1\r\n" + HOST + "N: " + "v".repeat(60_000));
    }

    @Test
    @DisplayName("header_count_limits: 431 where vegur says 400")
    void header_count_limits() throws IOException {
        assertThat(accepted("GET / HTTP/1.1\r\n" + HOST + "A: b\r\n".repeat(999) + "\r\n"))
                .contains("A: b\r\n".repeat(999));
        refusedHead(431, "A: b\r\n".repeat(1_000));
    }

    @Test
    @DisplayName("absolute_uri: 405 for CONNECT and TRACE where vegur says 400")
    void absolute_uri() throws IOException {
        refused(405, "CONNECT shop.localhost:80 HTTP/1.1\r\n" + HOST + "\r\n");
        refused(405, "CONNECT http://shop.localhost/ HTTP/1.1\r\n" + HOST + "\r\n");
        refused(405, "TRACE / HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void absolute_form_host_wins() throws IOException {
        assertThat(accepted("GET http://shop.localhost/a?b HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("GET /a?b HTTP/1.1\r\n");
        assertThat(accepted("GET HTTP://SHOP.localhost?b HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("GET /?b HTTP/1.1\r\n");
        refused(400, "GET http://other.localhost/ HTTP/1.1\r\n" + HOST + "\r\n");
        refused(400, "GET http://shop.localhost@evil/ HTTP/1.1\r\n" + HOST + "\r\n");
        refused(400, "GET ftp://shop.localhost/ HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void target_forms() throws IOException {
        assertThat(accepted("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("OPTIONS * HTTP/1.1\r\n");
        refused(400, "GET * HTTP/1.1\r\n" + HOST + "\r\n");
        refused(400, "GET x HTTP/1.1\r\n" + HOST + "\r\n");
        refused(400, "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n");
        refused(400, "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void upgrade_invalid() throws IOException {
        refusedHead(400, "Connection: upgrade\r\n");
        refusedHead(400, "Connection: keep-alive, Upgrade\r\nUpgrade:\r\n");
    }

    @Test
    void te_and_cl_refused() throws IOException {
        refusedHead(400, "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n");
        refusedHead(400, "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "501, identity",
        "501, gzip",
        "501, xchunked",
        "400, 'gzip, chunked'",
        "400, 'chunked, identity'",
        "400, 'chunked,'",
        "400, '\"chunked\"'",
        "400, 'chunked;q=1'",
        "400, 'chunked chunked'"
    })
    void te_unknown_coding_501(int status, String coding) throws IOException {
        refusedHead(status, "Transfer-Encoding: " + coding + "\r\n");
    }

    @Test
    void bad_transfer_encoding() throws IOException {
        refusedHead(400, "Transfer-Encoding: ,\r\n");
        refusedHead(400, "Transfer-Encoding:\r\n");
    }

    @Test
    void te_twice_refused() throws IOException {
        refusedHead(400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
        refusedHead(400, "Transfer-Encoding: chunked, chunked\r\n");
    }

    @Test
    void te_on_1_0_refused() throws IOException {
        refused(400, "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+3", "-3", "0x3", "3 3", "3;", "", "1e1", "\u00b2", "9999999999999999999", "3\t4"})
    void cl_sign_refused(String length) throws IOException {
        refusedHead(400, "Content-Length: " + length + "\r\n");
    }

    @Test
    void cl_negative_refused() throws IOException {
        refusedHead(400, "Content-Length: -1\r\n");
    }

    @Test
    @DisplayName("weird_content_length: blanks around the number are legal, vegur refuses them")
    void weird_content_length() throws IOException {
        assertThat(accepted("POST / HTTP/1.1\r\n" + HOST + "Content-Length: \t3 \r\n\r\nabc"))
                .containsIgnoringCase("content-length: 3\r\n")
                .endsWith("abc");
    }

    @Test
    void obs_fold_refused() throws IOException {
        refusedHead(400, "A: b\r\n c\r\n");
        refusedHead(400, "A: b\r\n\tc\r\n");
        refused(400, "GET / HTTP/1.1\r\n Host: shop.localhost\r\n" + HOST + "\r\n");
    }

    @Test
    void bare_lf_refused() throws IOException {
        refused(400, "GET / HTTP/1.1\n" + HOST + "\r\n");
        refused(400, "GET / HTTP/1.1\r\nHost: shop.localhost\n\r\n");
        refused(400, "GET / HTTP/1.1\r\n" + HOST + "\n");
        refusedHead(400, "A: b\nTransfer-Encoding: chunked\r\n");
    }

    @Test
    void bare_cr_refused() throws IOException {
        refusedHead(400, "A: b\rc\r\n");
        refusedHead(400, "A: b\r\r\n");
        refused(400, "GET /\r HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void nul_refused() throws IOException {
        refusedHead(400, "A: b\0c\r\n");
        refusedHead(400, "A\0: b\r\n");
        refused(400, "GET /\0 HTTP/1.1\r\n" + HOST + "\r\n");
        refusedHead(400, "A: \u007f\r\n");
        refusedHead(400, "A: \u000b\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A(b: c", "A@: c", "\u00e9: c", ": c", "A[]: c", "A/b: c", "nocolon", "A{: c"})
    void name_token_only(String line) throws IOException {
        refusedHead(400, line + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length : 3", "Content-Length\t: 3", "Transfer-Encoding : chunked", "A b: c"})
    void space_before_colon_refused(String line) throws IOException {
        refusedHead(400, line + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "\u0001", " ", "\t", "\r\n\r\n", "\n", "\r", "\u00ef\u00bb\u00bf", "\u0016\u0003\u0001"})
    void leading_ctrl_refused(String prefix) throws IOException {
        refused(400, prefix + "GET / HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void oneEmptyLineBeforeARequestIsTolerated() throws IOException {
        assertThat(accepted("\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n")).startsWith("GET / HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET  / HTTP/1.1", "400, 'GET / HTTP/1.1 '", "400, GET /", "400, GET / HTTP/1.1x", "400, GET / http/1.1",
        "400, GET /\tHTTP/1.1", "400, G(T / HTTP/1.1", "505, GET / HTTP/2.0", "505, GET / HTTP/1.2",
                "400, GET / HTTP/11",
        "400, 'GET /a b HTTP/1.1'", "400, 'GET HTTP/1.1'", "505, GET / HTTP/0.9"
    })
    void request_line(int status, String line) throws IOException {
        refused(status, line + "\r\n" + HOST + "\r\n");
    }

    @Test
    void aMethodMayBeAnyTokenOf127Characters() throws IOException {
        assertThat(accepted("P".repeat(127) + " / HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("PPP");
        refused(400, "P".repeat(128) + " / HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void no_route() throws IOException, InterruptedException {
        try (RawSide client = front.client("GET / HTTP/1.1\r\nHost: other.localhost\r\n\r\n")) {
            assertThat(client.message())
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("No such app");
        }
        front.assertNoLine();
        assertThat(front.router.stats().refused()).isEqualTo(1);
    }

    @Test
    void app_not_found() throws IOException, InterruptedException {
        no_route();
    }

    @Test
    void refusalsOfAnAppAreLogged() throws IOException, InterruptedException {
        refusedHead(400, "A: b\r\n c\r\n");
        assertThat(front.line())
                .startsWith("shop at=error code=H26 desc=\"Request Error\" cause=\"bad header\" method=POST path=\"/\""
                        + " host=shop.localhost request_id=")
                .contains(" dyno= connect= service= status=400 bytes= protocol=http1.1 tls=" + overTls());
        refusedHead(417, "Expect: 200-maybe\r\n");
        assertThat(front.line()).contains("code=H26", "cause=\"unsupported expect header value\"", "status=417");
    }
}
