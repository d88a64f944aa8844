package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.traffic.WebState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** TLS and HTTP/2 on the client's side, with the JDK's own client; the dyno always sees HTTP/1.1. */
class TlsIT {
    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(TestKeys.trusting())
                .version(version)
                .build();
    }

    @Test
    void speaksBothProtocolsOverTls() throws Exception {
        try (Front front = new Front(true, router -> router)) {
            RawDyno dyno = front.keep(new RawDyno());
            front.tell(new WebState(
                    Front.SHOP,
                    List.of("localhost"),
                    false,
                    true,
                    1,
                    false,
                    false,
                    List.of(Front.up(1, "web.1", dyno.uri()))));
            for (HttpClient.Version version : HttpClient.Version.values()) {
                boolean two = version == HttpClient.Version.HTTP_2;
                URI uri = URI.create("https://localhost:" + front.port() + "/path?q");
                CompletableFuture<HttpResponse<String>> answer = client(version)
                        .sendAsync(
                                HttpRequest.newBuilder(uri)
                                        .POST(HttpRequest.BodyPublishers.ofString("hello"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                RawSide back = front.keep(dyno.accept());
                String request = back.message();
                assertThat(request)
                        .startsWith("POST /path?q HTTP/1.1\r\n")
                        .containsIgnoringCase("host: localhost:")
                        .contains("X-Forwarded-Proto: https\r\n")
                        .doesNotContainIgnoringCase("x-http2");
                back.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nX-A: b\r\n\r\nok");
                HttpResponse<String> response = answer.get(30, TimeUnit.SECONDS);
                assertThat(response.version()).isEqualTo(version);
                assertThat(response.body()).isEqualTo("ok");
                assertThat(response.headers().firstValue("X-A")).hasValue("b");
                assertThat(front.line())
                        .contains(
                                "status=200",
                                two ? "protocol=http2.0" : "protocol=http1.1",
                                "tls=true tls_version=tls1.3");
            }
            assertThat(front.router.stats().failures()).isEmpty();
        }
    }
}
