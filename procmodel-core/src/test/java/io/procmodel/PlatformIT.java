package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.event.DynoCrashed;
import io.procmodel.log.LogOrigin;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.release.Release;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole line with real processes, through the public API. */
@DisabledOnOs(OS.WINDOWS)
class PlatformIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WORKER = "worker: while true; do echo working; sleep 0.2; done\n";

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final TaggedProcesses processes = new TaggedProcesses();

    private Platform open() {
        return open(AppPolicy.HEROKU);
    }

    private Platform open(AppPolicy policy) {
        return Platform.builder()
                .home(directory.resolve("home"))
                .logs(log)
                .user("ops")
                .policy(policy)
                .open();
    }

    private App create(Platform platform, String name) {
        App app = platform.createApp(name);
        app.config().set(Map.of(TaggedProcesses.NAME, processes.value()));
        return app;
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(processes.alive()).as("processes of dynos").isEmpty();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("procmodel-")))
                        .as("threads; a pool's last thread may take a moment to leave")
                        .isEmpty());
        assertThat(directory.resolve("home/run")).doesNotExist();
    }

    @Test
    void deploysScalesReconfiguresRollsBackAndReopens() throws IOException, InterruptedException {
        try (Platform platform = open()) {
            App shop = create(platform, "shop");
            shop.config().set(SampleSources.webConfig());
            shop.config().set("GREETING", "hello");
            Release deployed =
                    shop.deploy(SampleSources.procfile(directory.resolve("source"), SampleSources.webLine() + WORKER));

            assertThat(shop.formation().current()).hasToString("web@1:Standard-1X worker@0:Standard-1X");
            shop.formation().scale("web=2", "worker=1");
            shop.dynos().awaitUp(PATIENCE);
            assertThat(names(shop)).containsExactly("web.1 up", "web.2 up", "worker.1 up");
            assertThat(get(shop, "web.1")).isEqualTo("hello from web.1");
            assertThat(get(shop, "web.2")).isEqualTo("hello from web.2");
            assertThat(shop.dynos().get("worker.1").address()).isEmpty();

            Release changed = shop.config().set("GREETING", "bonjour");
            shop.dynos().awaitUp(PATIENCE);
            assertThat(get(shop, "web.1")).isEqualTo("bonjour from web.1");
            assertThat(shop.config().set("GREETING", "bonjour")).as("REL-4").isEqualTo(changed);

            Release rolledBack = shop.releases().rollback(deployed.version());
            shop.dynos().awaitUp(PATIENCE);
            assertThat(get(shop, "web.2")).isEqualTo("hello from web.2");
            assertThat(rolledBack.description()).isEqualTo("Rollback to v" + deployed.version());
            assertThat(rolledBack.slug()).isEqualTo(deployed.slug());
            assertThat(rolledBack.config()).isEqualTo(deployed.config());
        }
        assertThat(processes.alive()).isEmpty();

        try (Platform platform = open()) {
            App shop = platform.app("shop");
            assertThat(shop.releases().list().stream().map(Release::toString))
                    .first()
                    .isEqualTo("v7 Rollback to v5");
            assertThat(shop.releases().list()).hasSize(7);
            assertThat(shop.releases().verify().isIntact()).isTrue();
            assertThat(shop.formation().current()).hasToString("web@2:Standard-1X worker@1:Standard-1X");
            shop.dynos().awaitUp(PATIENCE);
            assertThat(get(shop, "web.1")).isEqualTo("hello from web.1");
        }
    }

    /** DYN-6, DYN-24, DYN-35, DYN-48, LOG-10. */
    @Test
    void writesHerokusLines() throws IOException {
        try (Platform platform = open()) {
            App shop = create(platform, "shop");
            shop.deploy(SampleSources.procfile(
                    directory.resolve("source"),
                    "worker: trap 'echo bye; exit 0' TERM; echo hi; while :; do sleep 0.1; done\n"));
            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(PATIENCE);
            awaitLine("app[worker.1]: hi");
        }
        assertThat(log.of(LogOrigin.heroku("worker.1")))
                .startsWith("State changed from created to starting")
                .anyMatch(line -> line.startsWith("Starting process with command `trap"))
                .containsSubsequence(
                        "State changed from starting to up",
                        "Stopping all processes with SIGTERM",
                        "Process exited with status 0");
        assertThat(log.lines())
                .containsSubsequence(
                        "heroku[worker.1]: Stopping all processes with SIGTERM",
                        "app[worker.1]: bye",
                        "heroku[worker.1]: Process exited with status 0");
        assertThat(log.of(LogOrigin.api()))
                .contains("Initial release by user ops", "Set PROCMODEL_TEST_TAG config vars by user ops")
                .contains("Release v2 created by user ops")
                .anyMatch(line -> line.matches("Deploy [0-9a-f]{8} by user ops"))
                .contains("Scaled to worker@1:Standard-1X by user ops");
    }

    /** DYN-17, DYN-20: restarted at once, then after a pause; waiting for it is pointless and says why. */
    @Test
    void aCrashLoopIsVisibleAndNamed() throws IOException {
        List<DynoCrashed> crashes = new CopyOnWriteArrayList<>();
        try (Platform platform = open()) {
            platform.subscribe(event -> {
                if (event instanceof DynoCrashed crash) {
                    crashes.add(crash);
                }
            });
            App shop = create(platform, "shop");
            shop.deploy(SampleSources.procfile(directory.resolve("source"), "web: no-such-program --port $PORT\n"));

            assertThatThrownBy(() -> shop.dynos().awaitUp(PATIENCE))
                    .isInstanceOf(DynosNotUpException.class)
                    .hasMessageContaining(
                            "web.1 is crashed after exit status 127, running `no-such-program --port $PORT`")
                    .hasMessageContaining("no-such-program: command not found");

            Dyno web = shop.dynos().get("web.1");
            assertThat(web.crashes()).isEqualTo(2);
            assertThat(web.nextStart()).isPresent();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(crashes).hasSize(2));
            assertThat(crashes.get(0).dyno()).isEqualTo(DynoName.parse("web.1"));
            assertThat(crashes.get(0).exit().status()).isEqualTo(127);
        }
    }

    /** However often it crashed before. */
    @Test
    void aDynoThatIsStartedAgainInTimeIsWaitedFor() throws IOException {
        RestartPolicy soon =
                RestartPolicy.exponential(Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, Duration.ofMinutes(1));
        AppPolicy policy = AppPolicy.HEROKU.everyType(type -> type.restarts(soon));
        try (Platform platform = Platform.builder()
                .home(directory.resolve("home"))
                .isolation(Isolation.NONE)
                .policy(policy)
                .open()) {
            App shop = create(platform, "shop");
            shop.config().set(SampleSources.webConfig());
            Path starts = directory.resolve("starts");
            String crashThrice = "web: echo start >>%1$s; [ $(wc -l <%1$s) -ge 4 ] || exit 3; ".formatted(starts);
            shop.deploy(SampleSources.procfile(
                    directory.resolve("source"),
                    crashThrice + SampleSources.webLine().substring("web: ".length())));

            shop.dynos().awaitUp(PATIENCE);

            assertThat(names(shop)).containsExactly("web.1 up");
            assertThat(starts).hasContent("start\nstart\nstart\nstart");
        }
    }

    @Test
    void waitingForADynoThatStaysDownIsGivenUpAtOnceAndSaysWhy() throws IOException {
        try (Platform platform = open(AppPolicy.HEROKU.everyType(type -> type.restarts(RestartPolicy.never())))) {
            App shop = create(platform, "shop");
            shop.deploy(SampleSources.procfile(directory.resolve("source"), "web: exit 3\n"));

            assertThatThrownBy(() -> shop.dynos().awaitUp(Duration.ofSeconds(Long.MAX_VALUE)))
                    .isInstanceOf(DynosNotUpException.class)
                    .hasMessageContaining("a crashed dyno is not started again")
                    .hasMessageContaining("web.1 is crashed after exit status 3");
        }
    }

    /** FRM-4, PROC-20, FRM-8, DYN-50. */
    @Test
    void aDeployKeepsQuantitiesStartsNewTypesAtZeroAndStopsVanishedOnes() throws IOException {
        try (Platform platform = open()) {
            App shop = create(platform, "shop");
            shop.deploy(SampleSources.procfile(directory.resolve("one"), "a: sleep 1000\nb: sleep 1000\n"));
            shop.formation().scale("a=2", "b=1");
            shop.dynos().awaitUp(PATIENCE);

            shop.deploy(SampleSources.procfile(directory.resolve("two"), "a: sleep 1000\nc: sleep 1000\n"));
            shop.dynos().awaitUp(PATIENCE);

            assertThat(shop.formation().current()).hasToString("a@2:Standard-1X c@0:Standard-1X");
            assertThat(names(shop)).containsExactly("a.1 up", "a.2 up");

            Dyno first = shop.dynos().get("a.1");
            shop.formation().scale("a=1");
            shop.dynos().awaitUp(PATIENCE);
            assertThat(names(shop)).containsExactly("a.1 up");
            assertThat(shop.dynos().get("a.1").since()).isEqualTo(first.since());
        }
    }

    @Test
    void twoPlatformsInOneJvmKnowNothingOfEachOther() throws IOException {
        try (Platform one = open();
                Platform two =
                        Platform.builder().home(directory.resolve("other")).open()) {
            create(one, "shop");

            assertThat(two.apps()).isEmpty();
            assertThat(two.createApp("shop").releases().list()).hasSize(1);
        }
        assertThat(Files.exists(directory.resolve("other/run"))).isFalse();
    }

    /** DYN-36, DYN-40, DYN-43. */
    @Test
    void aDynoSeesItsOwnEnvironmentAndAFreshCopy() throws IOException {
        try (Platform platform = open()) {
            App shop = create(platform, "shop");
            shop.config().set("HOME", "/elsewhere");
            shop.deploy(SampleSources.procfile(
                    directory.resolve("source"),
                    "worker: echo \"$DYNO $PS ${PORT-none} $([ \"$HOME\" = \"$PWD\" ] && echo home) $(ls)\";"
                            + " touch litter; env | sort | grep -c SECRET_OF_THE_HOST; sleep 1000\n"));
            shop.formation().scale("worker=2");

            awaitLine("app[worker.1]: worker.1 worker.1 none home Procfile");
            awaitLine("app[worker.2]: worker.2 worker.2 none home Procfile");
            awaitLine("app[worker.1]: 0");
        }
    }

    private void awaitLine(String line) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.lines()).contains(line));
    }

    private static List<String> names(App app) {
        return app.dynos().list().stream().map(Dyno::toString).toList();
    }

    private static String get(App app, String dyno) throws IOException, InterruptedException {
        URI address = app.dynos().get(dyno).address().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
