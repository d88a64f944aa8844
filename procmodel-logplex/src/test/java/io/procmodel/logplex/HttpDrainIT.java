package io.procmodel.logplex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.log.LogStream;
import io.procmodel.name.AppName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drains over HTTP against the JDK's server, which answers as it is told. */
@Timeout(120)
class HttpDrainIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Logplex logplex = Logplex.builder().history(100_000).build();
    private final Channel channel = logplex.channel("shop");
    private final LogSource web = logplex.open(AppName.of("shop"), LogOrigin.app("web.1"));
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private volatile String body = "";
    private HttpServer server;

    /** A request; the body has one character per byte. */
    private record Request(String path, Headers headers, String body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        List<String> frames() {
            List<String> frames = new ArrayList<>();
            String rest = body;
            while (!rest.isEmpty()) {
                int space = rest.indexOf(' ');
                int end = space + 1 + Integer.parseInt(rest.substring(0, space));
                frames.add(rest.substring(space + 1, end - 1));
                rest = rest.substring(end);
            }
            return frames;
        }

        List<String> texts() {
            return frames().stream()
                    .map(frame -> frame.substring(frame.indexOf(" - ") + 3))
                    .toList();
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void tearDown() {
        logplex.close();
        server.stop(0);
        executor.shutdownNow();
    }

    @Tag("C7")
    @Tag("C20")
    @Test
    void postsFramesWithTheHeadersThatReceiversWant() throws Exception {
        Drain drain = channel.drains().add(uri("user:pa%20ss@", "/logs?key=hidden"));
        web.line("one");
        drain.flush(LONG);
        IntStream.range(0, 3000).forEach(i -> web.line("x".repeat(100) + i));
        drain.flush(LONG);

        Request first = requests.get(0);
        assertThat(first.path()).isEqualTo("/logs?key=hidden");
        assertThat(first.header("Content-Type")).isEqualTo("application/logplex-1");
        assertThat(first.header("Logplex-Msg-Count")).isEqualTo("1");
        assertThat(first.header("Logplex-Frame-Id")).matches("[0-9A-F]{32}");
        assertThat(first.header("Logplex-Drain-Token")).isEqualTo(drain.token());
        assertThat(first.header("Authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("user:pa ss".getBytes(UTF_8)));
        assertThat(first.frames())
                .singleElement()
                .asString()
                .matches("<190>1 \\S+\\.\\d{6}\\+00:00 host app web\\.1 - one");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.body().length()).isLessThanOrEqualTo(102_400 + 200);
            assertThat(request.header("Logplex-Msg-Count"))
                    .isEqualTo(String.valueOf(request.frames().size()));
        });
        assertThat(requests.stream()
                        .mapToInt(request -> request.frames().size())
                        .sum())
                .isEqualTo(3001);
    }

    @Tag("C27")
    @Test
    void showsNoCredentialsAnywhere() throws Exception {
        answers.add(503);
        Drain drain = channel.drains()
                .add(
                        uri("user:hunter2@", "/logs?key=hunter2"),
                        DrainOptions.none().bearerToken("hunter2"));
        web.line("one");
        drain.flush(LONG);

        assertThat(requests.get(0).header("Authorization"))
                .as("bearer before basic")
                .isEqualTo("Bearer hunter2");
        assertThat(drain.uri()
                        + drain.status()
                        + drain.stats()
                        + channel.stats()
                        + DrainOptions.none().bearerToken("hunter2")
                        + channel.recent(LogQuery.all()))
                .doesNotContain("hunter2")
                .contains("HTTP status 503");
        assertThat(drain.uri()).isEqualTo(uri("", "/logs?..."));
    }

    @Tag("C21")
    @Test
    void retriesWhatMayWorkLaterUnderTheSameIdAndInOrder() throws Exception {
        answers.addAll(List.of(500, 503, 429, 408, 302));
        Drain drain = channel.drains().add(uri("", "/"));
        web.line("one");
        drain.flush(Duration.ofMillis(300).plus(LONG));
        web.line("two");
        drain.flush(LONG);

        assertThat(requests).hasSize(7);
        assertThat(requests.subList(0, 6))
                .extracting(request -> request.header("Logplex-Frame-Id"))
                .containsOnly(requests.get(0).header("Logplex-Frame-Id"));
        assertThat(requests.get(5).texts()).containsExactly("one");
        assertThat(requests.get(6).texts()).containsExactly("two");
        assertThat(drain.stats().delivered()).isEqualTo(2);
    }

    /** D4, D6 and D7. */
    @Tag("C21")
    @Tag("C23")
    @Tag("C24")
    @Tag("C26")
    @Test
    void countsWhatIsRefusedAsLostAndTellsItInTheNextFrameAndInTheAppsStream() throws Exception {
        answers.addAll(List.of(413, 401, 404, 410, 400));
        Drain drain = channel.drains().add(uri("", "/"), DrainOptions.none().query(LogQuery.source("app")));
        for (int i = 1; i <= 6; i++) {
            web.line("line " + i);
            drain.flush(LONG);
        }

        Request last = requests.get(requests.size() - 1);
        assertThat(last.texts()).hasSize(2).last().isEqualTo("line 6");
        assertThat(last.texts().get(0)).matches("Error L13: 5 messages lost since \\S+\\+00:00\\.");
        assertThat(last.frames().get(0)).startsWith("<172>1 ").contains(" heroku logplex ");
        assertThat(last.header("Logplex-Lost-Count")).isEqualTo("5");
        assertThat(drain.stats().dropped()).isEqualTo(5);
        assertThat(drain.status().lastError()).hasValue("HTTP status 400");
        assertThat(channel.recent(LogQuery.source("heroku")).get(0).text())
                .startsWith("Error L13 (delivery error): drain '" + drain.token() + "' lost 1 messages since ");
        channel.stats().verify();
    }

    @Tag("C20")
    @Test
    void compressesWhenAsked() throws Exception {
        Drain drain = channel.drains().add(uri("", "/"), DrainOptions.none().gzip());
        web.line("one");
        drain.flush(LONG);

        assertThat(requests.get(0).header("Content-Encoding")).isEqualTo("gzip");
        byte[] plain = new GZIPInputStream(
                        new ByteArrayInputStream(requests.get(0).body().getBytes(ISO_8859_1)))
                .readAllBytes();
        assertThat(new Request("", requests.get(0).headers(), new String(plain, ISO_8859_1)).texts())
                .containsExactly("one");
    }

    @Tag("C25")
    @Test
    void triesAgainWhenThePeerDoesNotAnswerInTime() throws Exception {
        answers.add(0);
        Drain drain = channel.drains().add(uri("", "/"));
        web.line("one");
        Awaitility.await().atMost(LONG).until(() -> drain.status().lastError().isPresent());
        assertThat(drain.status().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("timed out"));
        drain.flush(LONG);

        assertThat(drain.stats().delivered()).isEqualTo(1);
    }

    @Test
    void sendsToACollectorOfOpenTelemetryAndCountsWhatItRejects() throws Exception {
        body = "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"too old\"}}";
        answers.addAll(List.of(503, 200));
        LogSource errors =
                logplex.open(AppName.of("shop"), LogOrigin.app("web.2").on(LogStream.STDERR));
        Drain drain = channel.drains()
                .add("otlp+" + uri("", "/v1/logs"), DrainOptions.none().query(LogQuery.source("app")));
        errors.line("\u001b[31m\"bad\"\u001b[0m");
        drain.flush(LONG);

        Request last = requests.get(1);
        assertThat(last.path()).isEqualTo("/v1/logs");
        assertThat(last.header("Content-Type")).isEqualTo("application/json");
        String json = last.body();
        assertThat(json)
                .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}")
                .contains("{\"key\":\"service.instance.id\",\"value\":{\"stringValue\":\"web.2\"}}")
                .contains("{\"key\":\"log.iostream\",\"value\":{\"stringValue\":\"stderr\"}}")
                .contains("\"severityNumber\":13,\"severityText\":\"WARN\"")
                .contains("\"body\":{\"stringValue\":\"\\u001B[31m\\\"bad\\\"\\u001B[0m\"}")
                .containsPattern("\"timeUnixNano\":\"\\d{16}000\"");
        assertThat(drain.stats().dropped()).isEqualTo(1);
        assertThat(drain.stats().delivered()).isZero();
    }

    private String uri(String user, String path) {
        return "http://" + user + "127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        requests.add(new Request(
                exchange.getRequestURI().toString(), exchange.getRequestHeaders(), new String(sent, ISO_8859_1)));
        Integer status = answers.poll();
        if (status != null && status == 0) {
            return;
        }
        byte[] said = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status == null ? 200 : status, said.length == 0 ? -1 : said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }
}
