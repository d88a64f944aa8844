package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.dyno.DynoState;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.SleepPolicy;
import io.procmodel.router.Router;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the first request to a sleeping app takes, beside how long the same program takes to its first answer when it is
 * started by hand, in turn: the app's own boot, and what sleeping adds. Needs {@code node}.
 */
public final class RouterWake {
    private static final String WEB = """
            const http = require('http');
            setTimeout(() => http.createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1'), 300);
            """;

    private RouterWake() {}

    /**
     * Runs it.
     *
     * @param args how many rounds
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(args[0]);
        for (Isolation isolation : List.of(Isolation.NONE, Isolation.SANDBOX)) {
            compare(isolation, rounds);
        }
    }

    private static void compare(Isolation isolation, int rounds) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("procmodel-router-wake");
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("web.js"), WEB);
        Files.writeString(source.resolve("Procfile"), "web: exec node web.js\n");
        try (Platform platform = Platform.builder()
                        .home(directory.resolve("home"))
                        .isolation(isolation)
                        .policy(AppPolicy.HEROKU.sleep(SleepPolicy.afterIdle(Duration.ofSeconds(1))))
                        .open();
                Router router = Router.builder(platform)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .start()) {
            App shop = platform.createApp("shop");
            shop.deploy(Source.directory(source));
            shop.dynos().awaitUp(Duration.ofSeconds(60));
            List<Double> alone = new ArrayList<>();
            List<Double> woken = new ArrayList<>();
            for (int round = -2; round < rounds; round++) {
                double own = byHand(source);
                awaitAsleep(shop);
                double wake = millisToFirstByte(router.address().getPort());
                if (round >= 0) {
                    alone.add(own);
                    woken.add(wake);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f ms, at most %.0f ms | %.0f ms, at most %.0f ms | %.0f ms |%n",
                    isolation,
                    median(alone),
                    max(alone),
                    median(woken),
                    max(woken),
                    median(woken) - median(alone));
        }
    }

    /** From the start of the program to the first byte of its first answer. */
    private static double byHand(Path source) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec node web.js").directory(source.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            while (true) {
                try {
                    millisToFirstByte(port);
                    return (System.nanoTime() - start) / 1e6;
                } catch (IOException e) {
                    Thread.sleep(1);
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void awaitAsleep(App shop) throws InterruptedException {
        while (!shop.dynos().get("web.1").state().equals(DynoState.IDLE)) {
            Thread.sleep(50);
        }
        Thread.sleep(500); // its process is gone too
    }

    private static double millisToFirstByte(int port) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            String first = new String(socket.getInputStream().readNBytes(12), UTF_8);
            double millis = (System.nanoTime() - start) / 1e6;
            if (!first.equals("HTTP/1.1 200")) {
                throw new IllegalStateException(first);
            }
            return millis;
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
