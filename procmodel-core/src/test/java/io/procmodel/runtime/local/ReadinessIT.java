package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import io.procmodel.policy.Readiness;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.ObservedDyno;
import io.procmodel.runtime.PortRequest;
import io.procmodel.slug.FileSlugStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When a dyno with a port counts as listening. The dyno only sleeps: this test itself serves at its port. */
@EnabledOnOs(OS.LINUX)
class ReadinessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final String SLEEP = "exec sleep 1000";

    @TempDir
    Path directory;

    private LocalRuntime runtime;
    private final ObservedDyno observed = new ObservedDyno();
    /** What only the commands of this very test do. */
    private final String nap =
            "sleep 1000.%09d".formatted(ThreadLocalRandom.current().nextInt(1_000_000_000));

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicBoolean healthy = new AtomicBoolean();

    @BeforeEach
    void open() {
        runtime = LocalRuntime.builder(directory.resolve("run"), FileSlugStore.at(directory.resolve("slugs")))
                .isolation(Isolation.NONE)
                .open();
    }

    @AfterEach
    void close() {
        runtime.close();
        assertThat(threads()).isEmpty();
        assertThat(sleepers()).isEmpty();
    }

    private void start(Readiness readiness, String command) {
        DynoSpec spec =
                DynoSpec.of(AppName.of("shop"), DynoName.parse("web.1"), new DynoFiles.InPlace(directory), command);
        runtime.start(spec.port(PortRequest.ANY).readiness(readiness).output(observed), observed);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                observed.dyno().address().orElseThrow().getPort());
    }

    private HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(address(), 0);
        server.createContext("/up", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(healthy.get() ? 204 : 500, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void awaitListening() {
        Awaitility.await().atMost(PATIENCE).until(() -> observed.calls().contains("listening"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.endsWith("-readiness"))
                .toList();
    }

    private List<String> sleepers() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.flatMap(process -> process.info().commandLine().stream())
                    .filter(line -> line.contains(nap))
                    .toList();
        }
    }

    @Test
    void aPathIsAskedUntilItAnswersWell() throws IOException {
        start(Readiness.http("/up?deep=1"), SLEEP);
        HttpServer server = serve();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> requests.get() >= 3);
            assertThat(observed.calls()).containsExactly("started");

            healthy.set(true);
            awaitListening();

            assertThat(observed.calls()).containsExactly("started", "listening");
            Awaitility.await().atMost(PATIENCE).until(() -> threads().isEmpty());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whoNeverAnswersIsNotReadyAndKeepsNothingFromEnding() throws IOException {
        start(new Readiness.HttpPath("/up", FOR_EVER), SLEEP);
        try (ServerSocket silent = new ServerSocket()) {
            silent.bind(address());
            Awaitility.await().atMost(PATIENCE).until(() -> threads().size() == 1);

            observed.dyno().terminate(StopSignal.TERM);
            observed.awaitEnd();

            Awaitility.await().atMost(PATIENCE).until(() -> threads().isEmpty());
            assertThat(observed.calls()).doesNotContain("listening");
        }
    }

    @Test
    void aDynoThatEndsByItselfIsNotAskedAnyMore() throws IOException {
        start(Readiness.http("/up"), "until [ -e end ]; do sleep 0.05; done; exit 4");
        HttpServer server = serve();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> requests.get() >= 1);
            Files.createFile(directory.resolve("end"));
            observed.awaitEnd();
            Awaitility.await().atMost(PATIENCE).until(() -> threads().isEmpty());

            assertThat(observed.calls()).containsExactly("started", "exit status 4");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCommandRunsUntilItSucceedsWithTheDynosPort() throws IOException {
        start(Readiness.command("echo \"$DYNO $PORT\" >>tries; [ -e ready ]"), SLEEP);
        HttpServer server = serve();
        try {
            Path tries = directory.resolve("tries");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            Files.exists(tries) && Files.readAllLines(tries).size() >= 2);
            assertThat(Files.readAllLines(tries))
                    .containsOnly("web.1 " + address().getPort());
            assertThat(observed.calls()).containsExactly("started");

            Files.createFile(directory.resolve("ready"));
            awaitListening();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCommandThatHangsIsKilledWithItsTreeAndRunAgain() throws IOException {
        String hang = "setsid sh -c 'exec %1$s' & sh -c '%1$s; :'; wait".formatted(nap);
        start(
                new Readiness.Command(
                        "[ -e hung ] || { touch hung; " + hang + "; }; [ -e ready ]", Duration.ofSeconds(1)),
                SLEEP);
        HttpServer server = serve();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("hung")));
            Files.createFile(directory.resolve("ready"));
            awaitListening();

            Awaitility.await().atMost(PATIENCE).until(() -> sleepers().isEmpty());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCommandThatHangsEndsWithItsDyno() throws IOException {
        start(new Readiness.Command("touch hung; " + nap + " & wait", FOR_EVER), SLEEP);
        HttpServer server = serve();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("hung")));
            observed.dyno().kill();
            observed.awaitEnd();
            Awaitility.await().atMost(PATIENCE).until(() -> threads().isEmpty());

            assertThat(sleepers()).isEmpty();
            assertThat(observed.calls()).doesNotContain("listening");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aLineThatComesBeforeThePortIsRemembered() throws IOException {
        start(Readiness.logLine("listening on \\d+$"), "printf 'now list'; sleep 0.2; echo 'ening on 80'; " + SLEEP);
        observed.awaitOutput("now listening on 80\n");
        assertThat(observed.calls()).containsExactly("started");

        HttpServer server = serve();
        try {
            awaitListening();
        } finally {
            server.stop(0);
        }
    }
}
