package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that speak HTTP/2: streams, resets, slow readers, and what would be another request in HTTP/1.1. */
class Http2Test extends Talk {
    private static final int WINDOW = 65_535;
    private static final String CHUNKED = "transfer-encoding: chunked";

    private RawDyno dyno;
    private Http2Side client;

    @Override
    boolean overTls() {
        return true;
    }

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
        client = front.keep(new Http2Side(front.port(), WINDOW));
    }

    private RawSide back() throws IOException {
        return front.keep(dyno.accept());
    }

    @Test
    void severalStreamsAtOnceAreAnsweredInAnyOrder() throws Exception {
        Map<String, RawSide> backs = new HashMap<>();
        for (int stream = 1; stream <= 9; stream += 2) {
            client.get(stream, "/" + stream);
            RawSide back = back();
            String head = back.head();
            assertThat(head)
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .containsIgnoringCase("\r\nhost: shop.localhost\r\n");
            backs.put(head.substring(0, head.indexOf(" HTTP")), back);
        }
        for (int stream = 9; stream >= 1; stream -= 2) {
            String body = "body of " + stream;
            backs.get("GET /" + stream).send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            Http2Side.Answer answer = client.answer(stream);
            assertThat(answer.status()).isEqualTo("200");
            assertThat(answer.body).hasToString(body);
            assertThat(front.line())
                    .contains("path=\"/" + stream + "\"", "protocol=http2.0 tls=true tls_version=tls1.3");
        }
    }

    /** keepalive_default_default: the dyno's connection serves the next stream. */
    @Test
    void streamsUseTheSameConnectionsToDynos() throws Exception {
        client.get(1, "/");
        RawSide back = back();
        for (int stream = 1; stream <= 5; stream += 2) {
            if (stream > 1) {
                client.get(stream, "/");
            }
            back.head();
            back.send(OK);
            assertThat(client.answer(stream).body).hasToString("ok");
        }
    }

    @Test
    void staleReuseIsRetriedOnce() throws Exception {
        client.get(1, "/");
        RawSide back = back();
        back.head();
        back.send(OK);
        client.answer(1);
        client.get(3, "/");
        back.head();
        back.close();
        RawSide fresh = back();
        assertThat(fresh.head()).startsWith("GET / HTTP/1.1\r\n");
        fresh.send(OK);
        assertThat(client.answer(3).body).hasToString("ok");
    }

    @Test
    void bodiesGoBothWaysWithAndWithoutALength() throws Exception {
        client.post(1, "content-length", "5").data(1, false, "he").data(1, true, "llo");
        RawSide back = back();
        assertThat(back.message()).containsIgnoringCase("content-length: 5\r\n").endsWith("hello");
        back.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-End: 1\r\n\r\n");
        Http2Side.Answer answer = client.answer(1);
        assertThat(answer.body).hasToString("ok");
        assertThat(String.valueOf(answer.heads.get(1).get("x-end"))).isEqualTo("1");
        assertThat(answer.heads.get(0).contains("transfer-encoding")).isFalse();
        client.post(3).data(3, true, "hello");
        assertThat(back.message()).containsIgnoringCase(CHUNKED).endsWith("5\r\nhello\r\n0\r\n\r\n");
        back.send(OK);
        client.answer(3);
    }

    @Test
    void expectIsAnsweredByTheRouter() throws Exception {
        client.post(1, "expect", "100-continue", "content-length", "2");
        RawSide back = back();
        assertThat(back.head()).doesNotContainIgnoringCase("expect");
        client.data(1, true, "ab");
        assertThat(back.bytes(2)).isEqualTo("ab");
        back.send("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK);
        Http2Side.Answer answer = client.answer(1);
        assertThat(answer.heads)
                .extracting(head -> String.valueOf(head.status()))
                .containsExactly("100", "103", "200");
        assertThat(answer.body).hasToString("ok");
    }

    @Test
    void anEarlyAnswerArrivesAndTheRestIsNotWanted() throws Exception {
        client.post(1, "content-length", "100").data(1, false, "some");
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
        Http2Side.Answer answer = client.answer(1);
        assertThat(answer.status()).isEqualTo("413");
        assertThat(answer.body).hasToString("no");
        back.rest();
        client.get(3, "/");
        RawSide next = back();
        next.head();
        next.send(OK);
        assertThat(client.answer(3).body).hasToString("ok");
        assertThat(answer.reset).as("NO_ERROR").isZero();
    }

    @Test
    void responsesWithoutBodies() throws Exception {
        String[] answers = {
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        };
        client.get(1, "/");
        RawSide back = back();
        for (int i = 0; i < answers.length; i++) {
            if (i > 0) {
                client.get(1 + 2 * i, "/");
            }
            back.head();
            back.send(answers[i]);
            assertThat(client.answer(1 + 2 * i).body).isEmpty();
        }
        client.headers(9, true, ":method", "HEAD", ":scheme", "https", ":authority", "shop.localhost", ":path", "/");
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 430000\r\n\r\n");
        assertThat(String.valueOf(client.answer(9).heads.get(0).get("content-length")))
                .isEqualTo("430000");
    }

    /** interrupted_client: a reset ends the request at the dyno, and no other one. */
    @Test
    void aResetEndsItsOwnRequestOnly() throws Exception {
        client.get(1, "/1");
        RawSide gone = back();
        gone.head();
        client.get(3, "/3");
        RawSide back = back();
        back.head();
        client.reset(1);
        gone.assertClosed();
        assertThat(front.line())
                .startsWith("shop sock=client at=warning code=H27")
                .contains("path=\"/1\"");
        back.send(OK);
        assertThat(client.answer(3).body).hasToString("ok");
    }

    @Test
    void manyResetsInARowEndTheConnection() throws Exception {
        front.tell(Front.state(Front.starting(1, "web.1", 0)));
        try {
            for (int stream = 1; stream < 1_000; stream += 2) {
                client.get(stream, "/").reset(stream);
            }
        } catch (IOException e) {
            // ended under the storm, as it should be
        }
        client.awaitEnd();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> front.router.stats().waiting() == 0);
    }

    /** interrupted_server: a response that breaks off does not look complete. */
    @Test
    void aBrokenResponseIsReset() throws Exception {
        client.get(1, "/");
        RawSide back = back();
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        client.body(1, 4);
        back.close();
        Http2Side.Answer answer = client.answer(1);
        assertThat(answer.complete).isFalse();
        assertThat(answer.reset).as("an error").isPositive();
        assertThat(front.line()).contains("code=H18");
    }

    /** slow_reader_bounded_memory: a stream that nobody reads holds its dyno up, and no other stream. */
    @Test
    void aSlowReaderHoldsUpItsDynoAndNobodyElse() throws Exception {
        restart(router -> router.times(times -> times.rolling(Duration.ofMillis(800))));
        dyno = front.dyno();
        client = front.keep(new Http2Side(front.port(), 1_000));
        client.get(1, "/slow");
        RawSide slow = back();
        slow.head();
        client.get(3, "/quick");
        RawSide quick = back();
        quick.head();
        Thread pump = new Thread(() -> pump(slow));
        pump.start();
        client.body(1, 1_000);
        quick.send(OK);
        assertThat(client.answer(3).body).hasToString("ok");
        assertThat(List.of(front.line(), front.line()))
                .as("on a busy machine the slow one may be given up first")
                .anySatisfy(line -> assertThat(line).contains("path=\"/quick\"", "status=200"))
                .anySatisfy(line -> assertThat(line).contains("path=\"/slow\"", "code=H28"));
        assertThat(client.answer(1).body).hasSize(1_000);
        assertThat(client.answer(1).reset).isPositive();
        pump.join(30_000);
        assertThat(pumped).hasValueLessThan(64L * 1_024 * 1_024);
    }

    private final AtomicLong pumped = new AtomicLong();

    private void pump(RawSide slow) {
        String block = "x".repeat(64 * 1_024);
        try {
            slow.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            while (pumped.get() < 1_000_000_000L) {
                slow.send(block);
                pumped.addAndGet(block.length());
            }
        } catch (IOException e) {
            // the router gave up on the client
        }
    }

    @Test
    void aDynoThatDoesNotReadHoldsTheClientUp() throws Exception {
        client.post(1).data(1, false, "first");
        RawSide back = back();
        back.head();
        long most = 64L * 1_024 * 1_024;
        assertThat(client.pump(1, most)).isLessThan(most);
        client.reset(1);
        assertThat(front.line()).contains("code=H27");
    }

    @Test
    void idleConnectionsAreClosedInTime() throws Exception {
        restart(router -> router.times(times -> times.idleClient(Duration.ofMillis(300))));
        new Http2Side(front.port(), WINDOW).awaitEnd();
        front.assertNoLine();
    }

    /** router_close_sends_connection_close: the connection ends when its last stream has. */
    @Test
    void theRouterClosesAfterTheLastStream() throws Exception {
        restart(router -> router.times(times -> times.drain(Duration.ofMinutes(1))));
        dyno = front.dyno();
        client = front.keep(new Http2Side(front.port(), WINDOW));
        client.get(1, "/");
        RawSide back = back();
        back.head();
        Thread closing = new Thread(front.router::close);
        closing.start();
        back.send(OK);
        assertThat(client.answer(1).body).hasToString("ok");
        client.awaitEnd();
        closing.join(60_000);
        assertThat(closing.isAlive()).isFalse();
        assertThat(front.router.stats().failures()).isEmpty();
    }

    @Test
    void trailersCannotSayWhatHeadersMayNot() throws Exception {
        client.post(1)
                .data(1, false, "a")
                .headers(
                        1,
                        true,
                        "x-sum",
                        "1",
                        "content-length",
                        "5",
                        "x-forwarded-for",
                        "6.6.6.6",
                        "x_request_id",
                        "7");
        RawSide back = back();
        assertThat(back.message()).endsWith("1\r\na\r\n0\r\nx-sum: 1\r\n\r\n");
        back.send(OK);
        client.answer(1);
    }

    /** A length that the frames do not keep: the dyno sees no more than it was told of. */
    @Test
    void dataBeyondTheLengthIsNotPassedOn() throws Exception {
        client.post(1, "content-length", "3");
        RawSide back = back();
        back.head();
        client.data(1, true, "abcGET /smuggled HTTP/1.1\r\n\r\n");
        assertThat(client.answer(1).complete).isFalse();
        assertThat(back.rest()).doesNotContain("GET");
    }

    @Test
    void dataShortOfTheLengthNeverEndsTheRequest() throws Exception {
        client.post(1, "content-length", "30");
        RawSide back = back();
        back.head();
        client.data(1, true, "abc");
        assertThat(client.answer(1).complete).isFalse();
        back.rest();
    }

    private static final List<String> HEAD =
            List.of(":method", "GET", ":scheme", "https", ":authority", "shop.localhost", ":path", "/");

    private static List<String> with(String name, String value) {
        List<String> pairs = new ArrayList<>(HEAD);
        pairs.set(pairs.indexOf(name) + 1, value);
        return pairs;
    }

    private static List<String> plus(String... more) {
        List<String> pairs = new ArrayList<>(HEAD);
        pairs.addAll(List.of(more));
        return pairs;
    }

    private static List<String> without(String name) {
        List<String> pairs = new ArrayList<>(HEAD);
        int at = pairs.indexOf(name);
        pairs.remove(at);
        pairs.remove(at);
        return pairs;
    }

    static List<List<String>> badHeads() {
        return List.of(
                with(":method", "CONNECT"),
                with(":method", "TRACE"),
                with(":method", "GET /smuggled HTTP/1.1\r\nHost: shop.localhost\r\n\r\nGET"),
                with(":method", "G T"),
                with(":method", ""),
                with(":path", ""),
                with(":path", "/a b"),
                with(":path", "/a HTTP/1.1\r\nHost: shop.localhost\r\n\r\nGET /smuggled"),
                with(":path", "/a\r\nX: y"),
                with(":path", "/a\tb"),
                with(":path", "/a#b"),
                with(":path", "/\u00e9"),
                with(":path", "*"),
                with(":path", "x"),
                with(":path", "http://other.localhost/"),
                with(":path", "/" + "a".repeat(8_192)),
                with(":authority", "shop.localhost\r\nX: y"),
                with(":authority", "shop.localhost/x"),
                with(":authority", "user@shop.localhost"),
                with(":authority", ""),
                without(":authority"),
                without(":path"),
                without(":method"),
                without(":scheme"),
                plus(":path", "/other"),
                plus(":authority", "other.localhost"),
                plus(":unknown", "x"),
                plus("a", "b", ":path", "/late"),
                plus("host", "other.localhost"),
                plus("host", "shop.localhost", "host", "other.localhost"),
                plus("connection", "close"),
                plus("transfer-encoding", "chunked"),
                plus("transfer-encoding", "identity"),
                plus("upgrade", "websocket"),
                plus("keep-alive", "1"),
                plus("te", "gzip"),
                plus("X-Upper", "y"),
                plus("x y", "z"),
                plus("x:", "y"),
                plus("x\r\ny", "z"),
                plus("", "y"),
                plus("x\u00e9", "y"),
                plus("x", "a\r\nContent-Length: 5"),
                plus("x", "a\nb"),
                plus("x", "a\rb"),
                plus("x", "a\0b"),
                plus("x", "\u007f"),
                plus("n".repeat(1_001), "v"),
                plus("n", "v".repeat(8_193)),
                plus("content-length", "3, 3"),
                plus("content-length", "+3"),
                plus("content-length", "-1"),
                plus("content-length", "3", "content-length", "3"),
                plus("content-length", "3", "content-length", "4"),
                plus("content-length", "99999999999999999999"),
                plus("expect", "200-maybe"));
    }

    @ParameterizedTest
    @MethodSource("badHeads")
    void whatWouldBeAnotherRequestIsRefused(List<String> head) throws Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < head.size(); i += 2) {
            headers.add(head.get(i), head.get(i + 1));
        }
        client.headers(1, true, headers);
        Http2Side.Answer answer = client.answer(1);
        if (!answer.heads.isEmpty()) {
            assertThat(answer.status()).startsWith("4");
        }
        dyno.assertNotContacted();
        assertThat(front.router.stats().faults()).isZero();
    }

    @Test
    void tooManyHeadersAreRefused() throws Exception {
        List<String> head = new ArrayList<>(HEAD);
        for (int i = 0; i < 1_001; i++) {
            head.addAll(List.of("a", ""));
        }
        client.headers(1, true, head.toArray(String[]::new));
        Http2Side.Answer answer = client.answer(1);
        if (!answer.heads.isEmpty()) {
            assertThat(answer.status()).isEqualTo("431");
        }
        dyno.assertNotContacted();
    }
}
