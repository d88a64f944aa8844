package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.build.Source;
import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.DynoUsage;
import io.procmodel.event.DynoCrashed;
import io.procmodel.event.DynoEvent;
import io.procmodel.event.DynoLeaked;
import io.procmodel.event.DynoStarting;
import io.procmodel.event.DynoStopped;
import io.procmodel.event.DynoStopping;
import io.procmodel.event.DynoUp;
import io.procmodel.event.PlatformEvent;
import io.procmodel.event.RolloutHalted;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.log.LogOrigin;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.Readiness;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.policy.Rollout;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What supervision decides, end to end: real processes, through the public API. Long times pass by the platform's clock. */
@EnabledOnOs(OS.LINUX)
class SupervisionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Answers with GREETING, DYNO and its process id, and the status of STATUS; ends at once where CRASH is set. */
    private static final String SERVER = """
            exit $ENV{CRASH} if $ENV{CRASH};
            use IO::Socket::INET;
            my $server = IO::Socket::INET->new(
                LocalAddr => "127.0.0.1", LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die "no port: $!";
            while (my $client = $server->accept) {
                while (my $line = <$client>) { last if $line =~ /^\\r?$/; }
                my $body = ($ENV{GREETING} || "-") . " from $ENV{DYNO} $$";
                print $client "HTTP/1.1 " . ($ENV{STATUS} || 200) . " x\\r\\nContent-Length: " . length($body)
                    . "\\r\\nConnection: close\\r\\n\\r\\n$body";
                close $client;
            }
            """;

    private static final String WEB = "web: exec perl server.pl\n";
    private static final String WORKER = "worker: exec sleep 1000\n";

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final List<PlatformEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private PlatformBuilder builder(AppPolicy policy) {
        return Platform.builder()
                .home(directory.resolve("home"))
                .isolation(Isolation.NONE)
                .hardLimits(false)
                .clock(() -> Instant.now().plus(ahead.get()))
                .logs(log)
                .policy(policy)
                .subscriber(events::add);
    }

    /** The processes are measured once a second, and with each measurement the platform looks at its clock. */
    private void pass(Duration time) {
        ahead.updateAndGet(before -> before.plus(time));
    }

    private App deploy(Platform platform, String procfile) throws IOException {
        assumeThat(Path.of("/usr/bin/perl")).as("perl").exists();
        App shop = platform.createApp("shop");
        shop.config().set("GREETING", "old");
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("server.pl"), SERVER);
        Files.writeString(source.resolve("Procfile"), procfile);
        shop.deploy(Source.directory(source));
        return shop;
    }

    private static AppPolicy checked(Rollout rollout) {
        return AppPolicy.HEROKU.rollout(rollout).type("web", type -> type.readiness(Readiness.http("/")));
    }

    private static String ask(App app, String dyno) {
        try {
            URI address = app.dynos().get(dyno).address().orElseThrow();
            URLConnection connection = address.toURL().openConnection();
            connection.setReadTimeout((int) PATIENCE.toMillis());
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    private static void awaitAnswers(App app, String greeting) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(app.dynos().list()).hasSize(2).allMatch(dyno -> dyno.state() == DynoState.UP);
            assertThat(ask(app, "web.1")).startsWith(greeting + " from web.1 ");
            assertThat(ask(app, "web.2")).startsWith(greeting + " from web.2 ");
        });
    }

    /** The steps of web dynos since the last call, once there are as many. */
    private List<String> steps(int count) {
        await().atMost(PATIENCE).until(() -> steps().size() >= count);
        List<String> steps = steps();
        events.clear();
        return steps;
    }

    private List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (PlatformEvent event : events) {
            if (event instanceof DynoStarting starting) {
                steps.add("start " + starting.dyno());
            } else if (event instanceof DynoUp up) {
                steps.add("up " + up.dyno());
            } else if (event instanceof DynoStopping stopping) {
                steps.add("stop " + stopping.dyno());
            }
        }
        return steps;
    }

    private App bringUp(Platform platform) throws IOException {
        App shop = deploy(platform, WEB);
        shop.formation().scale("web=2");
        awaitAnswers(shop, "old");
        assertThat(steps(4)).containsExactlyInAnyOrder("start web.1", "up web.1", "start web.2", "up web.2");
        return shop;
    }

    private <T> List<T> told(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** DYN-34. */
    @Test
    void restartStopsTheOldAndStartsTheNewAtOnce() throws IOException {
        try (Platform platform = builder(checked(Rollout.RESTART)).open()) {
            App shop = bringUp(platform);

            shop.config().set("GREETING", "new");
            awaitAnswers(shop, "new");

            List<String> steps = steps(6);
            assertThat(steps.subList(0, 4))
                    .containsExactlyInAnyOrder("stop web.1", "start web.1", "stop web.2", "start web.2");
            assertThat(steps.subList(4, 6)).containsExactlyInAnyOrder("up web.1", "up web.2");
        }
    }

    @Test
    void rollingReplacesOneAfterTheOtherAndHaltsAtABadRelease() throws IOException {
        try (Platform platform = builder(checked(Rollout.rolling(1))).open()) {
            App shop = bringUp(platform);

            shop.config().set("GREETING", "new");
            awaitAnswers(shop, "new");

            List<String> steps = steps(6);
            assertThat(steps).hasSize(6).startsWith("start web.1", "up web.1").endsWith("up web.2", "stop web.2");
            assertThat(steps.subList(2, 4)).containsExactlyInAnyOrder("stop web.1", "start web.2");

            shop.config().set("CRASH", "3");
            await().atMost(PATIENCE).until(() -> !told(RolloutHalted.class).isEmpty());
            assertThat(told(RolloutHalted.class)).singleElement().satisfies(halted -> {
                assertThat(halted.dyno()).hasToString("web.1");
                assertThat(halted.reason()).isEqualTo("exit status 3 before it was up");
            });
            awaitAnswers(shop, "new");
            assertThat(steps()).containsExactly("start web.1");
            events.clear();

            shop.config().unset("CRASH");
            assertThat(steps(6)).endsWith("stop web.2");
            awaitAnswers(shop, "new");
        }
    }

    /** R10: never ready within the boot timeout. */
    @Test
    void prebootSwitchesWhenAllAreReadyAndHaltsAtABadRelease() throws IOException {
        try (Platform platform = builder(checked(Rollout.PREBOOT)).open()) {
            App shop = bringUp(platform);

            shop.config().set("GREETING", "new");
            awaitAnswers(shop, "new");

            List<String> steps = steps(6);
            assertThat(steps.subList(0, 2)).containsExactlyInAnyOrder("start web.1", "start web.2");
            assertThat(steps.subList(2, 4)).containsExactlyInAnyOrder("up web.1", "up web.2");
            assertThat(steps.subList(4, 6)).containsExactlyInAnyOrder("stop web.1", "stop web.2");

            shop.config().set("STATUS", "500");
            steps(2);
            await().atMost(PATIENCE).until(() -> {
                pass(Duration.ofSeconds(61));
                return !told(RolloutHalted.class).isEmpty();
            });
            assertThat(told(RolloutHalted.class).get(0).reason())
                    .isEqualTo("R10: not ready within 60 seconds of launch");
            assertThat(log.of(LogOrigin.heroku(
                            told(RolloutHalted.class).get(0).dyno().toString())))
                    .containsSubsequence(
                            "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
                            "Waited for an open $PORT and for GET /",
                            "Stopping process with SIGKILL");
            awaitAnswers(shop, "new");
        }
    }

    /** DYN-28, DYN-29. */
    @Test
    void allOneTypeOrOneDynoAreRestarted() throws IOException {
        try (Platform platform = builder(AppPolicy.HEROKU).open()) {
            App shop = deploy(platform, "a: exec sleep 1000\nb: exec sleep 1000\n");
            shop.formation().scale("a=2", "b=1");
            shop.dynos().awaitUp(PATIENCE);
            steps(6);

            shop.dynos().restart("a.2");
            assertThat(steps(3)).containsExactlyInAnyOrder("stop a.2", "start a.2", "up a.2");
            shop.dynos().restart("a");
            assertThat(steps(6)).contains("up a.1", "up a.2").noneMatch(step -> step.endsWith("b.1"));
            shop.dynos().restart();
            assertThat(steps(9)).contains("up a.1", "up a.2", "up b.1");
        }
    }

    /** DYN-56, DYN-57: R14, R15. */
    @Test
    void aMemoryHogIsWarnedAndThenKilled() throws IOException {
        DynoSize small = DynoSize.custom("Small", ByteSize.ofMebibytes(64), 100);
        String grow = "$x .= \"a\" x 1048576 for 1..%d;";
        String hog =
                "worker: exec perl -e '$|=1; my $x; " + grow.formatted(80) + " print \"big\\n\"; sleep 1 until -e \""
                        + directory.resolve("more") + "\"; " + grow.formatted(120) + " sleep 1000'\n";
        try (Platform platform = builder(AppPolicy.HEROKU).dynoSizes(small).open()) {
            App shop = deploy(platform, hog);
            shop.formation().scale("worker=1:small");

            awaitLine("worker.1", "Error R14 (Memory quota exceeded)");
            assertThat(shop.dynos().get("worker.1").state()).isEqualTo(DynoState.UP);
            assertThat(told(DynoCrashed.class)).isEmpty();

            Files.createFile(directory.resolve("more"));
            awaitLine("worker.1", "Error R15 (Memory quota vastly exceeded)");
            await().atMost(PATIENCE).until(() -> !told(DynoCrashed.class).isEmpty());
            assertThat(told(DynoCrashed.class).get(0).exit().status()).isEqualTo(137);
        }
    }

    private void awaitLine(String dyno, String line) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.of(LogOrigin.heroku(dyno))).contains(line));
    }

    /** DYN-21. */
    @Test
    void aCrashLoopShowsUntilItIsMendedByHand() throws IOException {
        RestartPolicy hourly =
                RestartPolicy.exponential(Duration.ofHours(1), 2, Duration.ofHours(8), 0, Duration.ofMinutes(1));
        try (Platform platform = builder(AppPolicy.HEROKU.everyType(type -> type.restarts(hourly)))
                .open()) {
            Path mended = directory.resolve("mended");
            App shop = deploy(platform, "worker: [ -e " + mended + " ] || exit 3; exec sleep 1000\n");
            shop.formation().scale("worker=1");
            await().atMost(PATIENCE).until(() -> told(DynoCrashed.class).size() == 2);

            Dyno worker = shop.dynos().get("worker.1");
            assertThat(worker.state()).isEqualTo(DynoState.CRASHED);
            assertThat(worker.flapping()).isTrue();
            assertThat(worker.crashes()).isEqualTo(2);
            DynoCrashed last = told(DynoCrashed.class).get(1);
            assertThat(last.nextStart()).contains(last.at().plus(Duration.ofHours(1)));
            assertThat(worker.nextStart()).isEqualTo(last.nextStart());

            Files.createFile(mended);
            shop.dynos().restart("worker.1");
            shop.dynos().awaitUp(PATIENCE);
            assertThat(shop.dynos().get("worker.1").flapping()).isFalse();
            assertThat(shop.dynos().get("worker.1").nextStart()).isEmpty();
        }
    }

    /** DYN-31. */
    @Test
    void everyDynoIsRestartedOnceADay() throws IOException {
        try (Platform platform = builder(AppPolicy.HEROKU.cycling(true)).open()) {
            App shop = deploy(platform, WORKER);
            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(PATIENCE);
            steps(2);

            pass(Duration.ofHours(28));

            assertThat(steps(3)).containsExactlyInAnyOrder("stop worker.1", "start worker.1", "up worker.1");
            assertThat(log.of(LogOrigin.heroku("worker.1"))).contains("Cycling");
        }
    }

    /** DYN-59; DYN-46 with another first signal; what outlives its dyno. */
    @Test
    void aDynoIsMeasuredAskedToEndAsItsTypeSaysAndItsRestIsTold() throws IOException {
        AppPolicy policy = AppPolicy.HEROKU
                .runtimeMetrics(true)
                .type("worker", type -> type.stopSignal(StopSignal.USR1).stopGrace(PATIENCE));
        String deafAndGone =
                "(trap '' USR1; exec setsid sh -c 'echo $$ >" + directory.resolve("gone") + "; exec sleep 1000') &";
        String worker = "trap 'echo asked; exit 0' USR1; " + deafAndGone + " while :; do sleep 0.1; done";
        try (Platform platform = builder(policy).open()) {
            App shop = deploy(platform, "worker: " + worker + "\n");
            shop.formation().scale("worker=1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log.of(LogOrigin.heroku("worker.1")))
                            .anyMatch(line ->
                                    line.matches("source=worker\\.1 dyno=heroku\\.shop\\..* sample#load_avg_1m=.*"))
                            .anyMatch(line ->
                                    line.matches(".* sample#memory_total=.*MB .*sample#memory_quota=512\\.00MB")));
            DynoUsage usage = shop.dynos().get("worker.1").usage().orElseThrow();
            assertThat(usage.memory().bytes()).isPositive();
            assertThat(usage.processes()).isPositive();
            long outside = pidIn("gone");

            shop.formation().scale("worker=0");
            await().atMost(PATIENCE).until(() -> !told(DynoStopped.class).isEmpty());

            assertThat(told(DynoStopped.class).get(0).exit().status()).isZero();
            assertThat(log.of(LogOrigin.app("worker.1"))).contains("asked");
            assertThat(log.of(LogOrigin.heroku("worker.1"))).contains("Stopping all processes with SIGUSR1");
            assertThat(told(DynoLeaked.class))
                    .singleElement()
                    .satisfies(leaked -> assertThat(leaked.pids()).contains(outside));
            await().atMost(PATIENCE)
                    .until(() -> ProcessHandle.of(outside)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    private long pidIn(String file) throws IOException {
        Path path = directory.resolve(file);
        await().atMost(PATIENCE).until(() -> Files.exists(path) && Files.size(path) > 0);
        return Long.parseLong(Files.readString(path).strip());
    }

    @Test
    void slowAndThrowingListenersHarmNobodyAndAreCounted() throws IOException, InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        List<String> late = new CopyOnWriteArrayList<>();
        try (Platform platform = builder(AppPolicy.HEROKU).open()) {
            App shop = deploy(platform, WORKER);
            platform.subscribe(event -> {
                throw new IllegalStateException("no listener");
            });
            platform.subscribe(event -> {
                awaitQuietly(free);
                if (event instanceof DynoEvent told && told.dyno().processType().equals("worker")) {
                    late.add(event.getClass().getSimpleName());
                }
            });

            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(PATIENCE);
            shop.dynos().restart();
            shop.dynos().awaitUp(PATIENCE);
            assertThat(shop.dynos().get("worker.1").state()).isEqualTo(DynoState.UP);
            assertThat(late).isEmpty();

            free.countDown();
            await().atMost(PATIENCE).until(() -> late.size() >= 5);
            assertThat(late).startsWith("DynoStarting", "DynoUp");
            await().atMost(PATIENCE).until(() -> platform.failedDeliveries() >= late.size());
            assertThat(platform.droppedEvents()).isZero();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            boolean unused = latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
