package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class BehindTheRouterIT {
    private static final Duration SLEEP = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @Test
    void theAppSleepsAndARequestWakesIt() throws IOException, InterruptedException {
        Path apps = Path.of("apps").toAbsolutePath();
        try (BehindTheRouter example = BehindTheRouter.start(apps, directory.resolve("home"), SLEEP, 0, 0)) {
            HttpRequest states =
                    HttpRequest.newBuilder(example.page().resolve("/states")).build();
            try (Stream<String> events = HttpClient.newHttpClient()
                    .send(states, HttpResponse.BodyHandlers.ofLines())
                    .body()) {
                assertThat(events.anyMatch(event -> event.contains("web.1=idle")))
                        .isTrue();
            }
            try (Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), example.app().getPort())) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200");
            }
        }
    }
}
