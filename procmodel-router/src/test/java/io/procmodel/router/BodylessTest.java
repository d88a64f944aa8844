package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses without a body, and large bodies: the study's table, section 1.4. */
class BodylessTest extends Talk {
    private static final String HEAD = "HEAD / HTTP/1.1\r\n" + HOST + "\r\n";
    private static final int LARGE = 4 * 1_024 * 1_024;

    /** More than all buffers on the way to a program that does not read: what fits in them has been sent, and may end well. */
    private static final int ENDLESS = 12 * 1_024 * 1_024;

    private RawDyno dyno;
    private RawSide client;

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
        client = front.client();
    }

    private RawSide back() throws IOException {
        return front.keep(dyno.accept());
    }

    /** head_small_body_expect, head_large_body_expect, head_no_body_expect, valid_head. */
    @ParameterizedTest
    @ValueSource(strings = {"43", "430000", "0"})
    void head_body_expect(String length) throws IOException {
        RawSide back = null;
        for (int round = 0; round < 2; round++) {
            client.send(HEAD);
            back = back == null ? back() : back;
            assertThat(back.head()).startsWith("HEAD / ");
            back.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            assertThat(client.head()).contains("\r\nContent-Length: " + length + "\r\n");
        }
    }

    @Test
    void head_chunked_expect() throws IOException {
        client.send(HEAD);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.head()).containsIgnoringCase("\r\ntransfer-encoding: chunked\r\n");
        client.send(GET);
        back.head();
        back.send(OK);
        assertThat(client.message()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
    }

    @Test
    void head_close_expect() throws IOException {
        client.send(HEAD);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        assertThat(client.head())
                .doesNotContainIgnoringCase("content-length")
                .doesNotContainIgnoringCase("transfer-encoding")
                .doesNotContainIgnoringCase("close");
        back.assertClosed();
        client.send(GET);
        back = back();
        back.head();
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void head_close_expect_client() throws IOException {
        client.send("HEAD / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        assertThat(client.rest()).containsIgnoringCase("connection: close");
        back.assertClosed();
    }

    /** status_204, status_304, valid_status_204, valid_status_304. */
    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    @DisplayName("status_204, status_304: the length is dropped from a 204, where vegur keeps it")
    void status_without_body(String status) throws IOException {
        RawSide back = null;
        for (int round = 0; round < 2; round++) {
            client.send(GET);
            back = back == null ? back() : back;
            back.head();
            back.send("HTTP/1.1 " + status + "\r\nContent-Length: 10\r\n\r\n");
            assertThat(client.head().contains("Content-Length: 10")).isEqualTo(status.startsWith("304"));
        }
    }

    @Test
    void status_204_with_body_bytes() throws Exception {
        restart(router -> router.times(times -> times.idleDyno(Duration.ofMinutes(5))));
        start();
        client.send(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody");
        client.head();
        back.assertClosed();
        client.send(GET);
        back = back();
        back.head();
        back.send(OK);
        assertThat(client.message()).startsWith("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    @DisplayName("status_chunked_204: Transfer-Encoding is dropped, where vegur keeps it")
    void status_chunked_204(String status) throws IOException {
        client.send(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.head()).doesNotContainIgnoringCase("transfer-encoding");
        client.send(GET);
        back.head();
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void status_close_304() throws IOException {
        client.send(GET);
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
        assertThat(client.head()).doesNotContainIgnoringCase("close");
        back.assertClosed();
    }

    @Test
    void status_close_304_client() throws IOException {
        client.send(get("Connection: close\r\n"));
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 304 Not Modified\r\n\r\n");
        assertThat(client.rest()).containsIgnoringCase("connection: close");
    }

    /** Sends without waiting, since nobody may read yet. */
    private static CompletableFuture<Void> sendLater(RawSide side, String text) {
        return CompletableFuture.runAsync(() -> {
            try {
                side.send(text);
            } catch (IOException e) {
                // the other end had enough
            }
        });
    }

    /** large_body_stream and keepalive_large_body. */
    @Test
    void large_body_stream() throws IOException {
        String body = "0123456789abcdef".repeat(LARGE / 16);
        RawSide back = null;
        for (int round = 0; round < 2; round++) {
            CompletableFuture<Void> sent = sendLater(client, post(body));
            back = back == null ? back() : back;
            assertThat(back.message()).endsWith(body);
            sent.join();
            sent = sendLater(back, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n" + body);
            assertThat(client.message()).endsWith(body);
            sent.join();
        }
    }

    @Test
    void large_body_close() throws IOException {
        String body = "x".repeat(LARGE);
        client.send(get("Connection: close\r\n"));
        RawSide back = back();
        back.head();
        CompletableFuture<Void> sent =
                sendLater(back, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n" + body);
        assertThat(client.rest()).endsWith(body);
        sent.join();
    }

    @Test
    @DisplayName("large_body_close_delimited, keepalive_close_delimited: framed as chunks, so that the client is kept")
    void large_body_close_delimited() throws IOException {
        client.send(GET);
        RawSide back = back();
        back.head();
        RawSide first = back;
        CompletableFuture<Void> sent =
                sendLater(first, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(LARGE));
        CompletableFuture<Void> closed = sent.thenRun(() -> closeQuietly(first));
        String answer = client.message();
        closed.join();
        assertThat(answer.chars().filter(c -> c == 'x').count()).isEqualTo(LARGE);
        client.send(GET);
        back = back();
        back.head();
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    private static void closeQuietly(RawSide side) {
        try {
            side.close();
        } catch (IOException e) {
            // closed either way
        }
    }

    private void interrupt(String request, String response, String answer) throws IOException {
        CompletableFuture<Void> sent = sendLater(client, request);
        RawSide back = back();
        back.head();
        back.send(response);
        back.close();
        assertThat(client.rest()).startsWith("HTTP/1.1 403 Forbidden").contains(answer);
        sent.join();
    }

    @Test
    void large_body_request_response_interrupt() throws IOException {
        interrupt(post("x".repeat(ENDLESS)), "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nstop", "stop");
    }

    @Test
    void large_chunked_request_response_interrupt() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        interrupt(
                chunked(chunk.repeat(ENDLESS / 0x10000) + "0\r\n\r\n"),
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nstop",
                "stop");
    }

    @Test
    void large_close_request_response_interrupt() throws IOException {
        interrupt(post("x".repeat(ENDLESS)), "HTTP/1.1 403 Forbidden\r\n\r\nstop it", "stop it");
    }

    @Test
    void large_close_request_response_interrupt_undetected() throws IOException {
        String large = "y".repeat(300_000);
        CompletableFuture<Void> sent = sendLater(client, post("x".repeat(ENDLESS)));
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 403 Forbidden\r\n\r\n" + large);
        back.socket.shutdownOutput();
        assertThat(client.rest().chars().filter(c -> c == 'y').count()).isEqualTo(300_000);
        sent.join();
    }
}
