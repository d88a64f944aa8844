package io.procmodel.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.traffic.WebState;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and HTTP/2 on the client's side, with the JDK's own client; the dyno always sees HTTP/1.1. */
class TlsIT {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path directory;

    private KeyStore keys() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static HttpClient client(KeyStore keys, HttpClient.Version version) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).version(version).build();
    }

    @Test
    void speaksBothProtocolsOverTls() throws Exception {
        KeyStore keys = keys();
        try (Front front = new Front(router ->
                router.listenTls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys, PASSWORD))) {
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
                URI uri = URI.create(
                        "https://localhost:" + front.router.tlsAddress().getPort() + "/path?q");
                CompletableFuture<HttpResponse<String>> answer = client(keys, version)
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
