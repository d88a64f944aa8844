package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.DomainTakenException;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.dyno.DynoState;
import io.procmodel.event.DynoStarting;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.HoursPolicy;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.policy.Rollout;
import io.procmodel.policy.SleepPolicy;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The router before real dynos. The full size is {@code -Dprocmodel.router.requests=10000 -Dprocmodel.router.deploys=20
 * -Dprocmodel.router.restarts=10 -Dprocmodel.router.kills=20}.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LoadIT {
    private static final int REQUESTS = Integer.getInteger("procmodel.router.requests", 1_000);
    private static final int DEPLOYS = Integer.getInteger("procmodel.router.deploys", 2);
    private static final int RESTARTS = Integer.getInteger("procmodel.router.restarts", 1);
    private static final int KILLS = Integer.getInteger("procmodel.router.kills", 2);
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WEB = """
            const http = require('http');
            const fs = require('fs');
            const server = http.createServer((request, response) => {
              request.resume().on('end', () => setTimeout(() => response.end(process.pid + '\\n'), request.method === 'POST' ? 5 : 0));
            });
            server.keepAliveTimeout = 5000;
            process.on('SIGTERM', () => { server.close(); server.closeIdleConnections(); setTimeout(() => process.exit(0), 50); });
            const boot = () => fs.existsSync(process.env.GATE) ? server.listen(process.env.PORT, '127.0.0.1') : setTimeout(boot, 20);
            boot();
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void node() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "node")));
        assumeTrue(there, "node");
    }

    private Platform platform(UnaryOperator<AppPolicy> policy) {
        return Platform.builder()
                .home(directory.resolve("home"))
                .isolation(Isolation.NONE)
                .policy(policy.apply(AppPolicy.HEROKU.everyType(type -> type.restarts(RestartPolicy.exponential(
                        Duration.ofMillis(100), 1, Duration.ofMillis(100), 0, Duration.ofSeconds(1))))))
                .open();
    }

    private static RouterBuilder router(Platform platform) {
        return Router.builder(platform).listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Dynos boot while there is a file at the gate. */
    private App deploy(Platform platform) throws IOException {
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("web.js"), WEB);
        Files.writeString(source.resolve("Procfile"), "web: exec node web.js\n");
        App shop = platform.createApp("shop");
        shop.config().set("GATE", Files.createFile(gate()).toString());
        shop.deploy(Source.directory(source));
        return shop;
    }

    private Path gate() {
        return directory.resolve("gate");
    }

    /** One keep-alive client; a response that is not 200, or none, is a failure. */
    private static final class Client implements AutoCloseable {
        private final InetSocketAddress address;
        private RawSide side;

        Client(Router router) {
            this.address = router.address();
        }

        RawSide connect() throws IOException {
            if (side == null) {
                side = new RawSide(new Socket(address.getAddress(), address.getPort()));
                side.socket.setSoTimeout((int) PATIENCE.toMillis());
            }
            return side;
        }

        String send(boolean post) throws IOException {
            return answer(connect().send(post ? Talk.post("hello") : Talk.GET));
        }

        private String answer(RawSide from) throws IOException {
            String answer = from.message();
            if (answer.toLowerCase(Locale.ROOT).contains("connection: close")) {
                close();
            }
            return answer;
        }

        @Override
        public void close() throws IOException {
            if (side != null) {
                side.close();
                side = null;
            }
        }
    }

    /** Load from some clients, GET and POST, until told to stop and enough was sent. */
    private static final class Load implements AutoCloseable {
        final AtomicInteger sent = new AtomicInteger();
        final List<String> failures = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean stop;

        Load(Router router) {
            for (int i = 0; i < CLIENTS; i++) {
                Thread thread = new Thread(() -> run(router), "load-" + i);
                threads.add(thread);
                thread.start();
            }
        }

        private void run(Router router) {
            Client client = new Client(router);
            while (!stop) {
                boolean post = sent.incrementAndGet() % 3 == 0;
                try {
                    String answer = client.send(post);
                    if (!answer.startsWith("HTTP/1.1 200")) {
                        failures.add((post ? "POST " : "GET ")
                                + answer.lines().findFirst().orElse(""));
                    }
                } catch (IOException e) {
                    failures.add((post ? "POST " : "GET ") + e);
                    closeQuietly(client);
                }
                pause();
            }
            closeQuietly(client);
        }

        private static void pause() {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void closeQuietly(Client client) {
            try {
                client.close();
            } catch (IOException e) {
                // gone already
            }
        }

        void awaitSent(int number) {
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> sent.get() >= number);
        }

        @Override
        public void close() {
            stop = true;
            try {
                for (Thread thread : threads) {
                    thread.join(PATIENCE.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** rolling_restart_zero_failures, preboot_swap_zero_failures: no request fails through deploys and restarts. */
    @Test
    void noRequestFailsThroughDeploysAndRestarts() throws Exception {
        for (Rollout rollout : List.of(Rollout.PREBOOT, Rollout.rolling(1), Rollout.RESTART)) {
            try (Platform platform = platform(policy -> policy.rollout(rollout));
                    Router router = router(platform).start()) {
                App shop = platform.findApp("shop").isPresent() ? platform.app("shop") : deploy(platform);
                shop.formation().scale("web=2");
                shop.dynos().awaitUp(PATIENCE);
                Load load = new Load(router);
                try (load) {
                    for (int i = 0; i < DEPLOYS; i++) {
                        shop.config().set("ROUND", rollout + " " + i);
                        shop.dynos().awaitUp(PATIENCE);
                    }
                    for (int i = 0; i < RESTARTS; i++) {
                        shop.dynos().restart();
                        shop.dynos().awaitUp(PATIENCE);
                    }
                    load.awaitSent(REQUESTS);
                }
                assertThat(load.failures).as(rollout + ", of " + load.sent).isEmpty();
                assertThat(router.stats().failures()).as(rollout.toString()).isEmpty();
            }
        }
    }

    /** A kill fails at most the requests that were in flight on that dyno, and each of those is logged with its code. */
    @Test
    void aKilledDynoFailsOnlyWhatItHad() throws Exception {
        try (Platform platform = platform(policy -> policy);
                Router router = router(platform).start()) {
            AtomicInteger starts = starts(platform);
            App shop = deploy(platform);
            shop.formation().scale("web=2");
            shop.dynos().awaitUp(PATIENCE);
            Load load = new Load(router);
            try (load;
                    Client client = new Client(router)) {
                for (int i = 1; i <= KILLS; i++) {
                    String pid = client.send(false)
                            .strip()
                            .lines()
                            .reduce((a, b) -> b)
                            .orElseThrow();
                    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
                    load.awaitSent(load.sent.get() + 20);
                    awaitRestarted(shop, starts, 2 + i);
                }
                load.awaitSent(REQUESTS);
            }
            assertThat(load.failures).hasSizeLessThanOrEqualTo(KILLS * CLIENTS);
            long logged = router.stats().failures().values().stream()
                    .mapToLong(count -> count)
                    .sum();
            assertThat(logged).isEqualTo(load.failures.size());
            assertThat(router.stats().failures().keySet()).isSubsetOf("H13", "H18");
        }
    }

    private static AtomicInteger starts(Platform platform) {
        AtomicInteger starts = new AtomicInteger();
        platform.subscribe(event -> {
            if (event instanceof DynoStarting) {
                starts.incrementAndGet();
            }
        });
        return starts;
    }

    /**
     * A dyno between its crash and its restart is an error for {@code awaitUp}; here it is what is waited out, and before
     * it that the platform has noticed.
     */
    private static void awaitRestarted(App shop, AtomicInteger starts, int wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> starts.get() >= wanted);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> shop.dynos().list().stream().allMatch(dyno -> dyno.state() == DynoState.UP));
    }

    /** DYN-86, DYN-87: however many requests come first, the app is started once, and all are served. */
    @Test
    void aThousandFirstRequestsWakeASleepingAppOnce() throws Exception {
        try (Platform platform = platform(policy -> policy.sleep(SleepPolicy.afterIdle(Duration.ofSeconds(1))));
                Router router = router(platform).start()) {
            AtomicInteger starts = starts(platform);
            App shop = deploy(platform);
            awaitState(shop, "idle");
            Files.delete(gate());
            int clients = 1_000;
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(new Client(router));
                all.get(i).connect();
            }
            for (Client client : all) {
                client.connect().send(Talk.GET);
            }
            Awaitility.await().atMost(PATIENCE).until(() -> router.waiting(shop) == clients);
            Files.createFile(gate());
            for (Client client : all) {
                assertThat(client.answer(client.connect())).startsWith("HTTP/1.1 200");
                client.close();
            }
            assertThat(starts)
                    .as("the deploy's and the one that the requests asked for")
                    .hasValue(2);
            assertThat(router.stats().failures()).isEmpty();
        }
    }

    private static void awaitState(App app, String state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> app.dynos().get("web.1").state().toString().equals(state));
    }

    /** DYN-82: hours used up, everything sleeps, requests get H82; the count survives the host. */
    @Test
    void spentHoursMaintenanceAndDomainsSurviveTheHost() throws Exception {
        UnaryOperator<AppPolicy> oneSecond = policy -> policy.hours(HoursPolicy.FREE.quota(Duration.ofSeconds(1)));
        try (Platform platform = platform(oneSecond);
                Router router = router(platform).start();
                Client client = new Client(router)) {
            App shop = deploy(platform);
            awaitState(shop, "idle");
            assertThat(client.send(false)).startsWith("HTTP/1.1 503").contains("Asleep until next month");
            assertThat(router.stats().failures()).containsOnlyKeys("H82");
            assertThat(shop.usage().left()).contains(Duration.ZERO);
            shop.domains().add("www.example.com");
            shop.maintenance().on();
            assertThat(client.send(false)).startsWith("HTTP/1.1 503").contains("Offline for maintenance");
        }
        try (Platform platform = platform(oneSecond)) {
            App shop = platform.app("shop");
            assertThat(shop.maintenance().isOn()).isTrue();
            assertThat(shop.domains().list()).containsExactly("www.example.com");
            assertThat(shop.usage().used()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            awaitState(shop, "idle");
            shop.maintenance().off();
            App other = platform.createApp("other");
            assertThatThrownBy(() -> other.domains().add("WWW.example.com")).isInstanceOf(DomainTakenException.class);
        }
    }
}
