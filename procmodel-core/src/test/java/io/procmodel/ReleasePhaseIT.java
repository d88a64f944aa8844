package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.procmodel.addon.AddOn;
import io.procmodel.build.Source;
import io.procmodel.dyno.Dyno;
import io.procmodel.event.ReleaseSettled;
import io.procmodel.log.LogOrigin;
import io.procmodel.release.IneligibleReleaseException;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The release phase with real processes. */
@DisabledOnOs(OS.WINDOWS)
class ReleasePhaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WORKER = "worker: sleep 1000\n";
    private static final String PASS = "release: echo migrating $DYNO with $MODE\n" + WORKER;
    private static final String FAIL = "release: echo broken; exit 2\n" + WORKER;

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final TaggedProcesses processes = new TaggedProcesses();
    private final SampleProvider redis = new SampleProvider();
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() {
        platform = platform();
        shop = platform.createApp("shop");
        shop.config().set(Map.of(TaggedProcesses.NAME, processes.value(), "MODE", "one"));
    }

    private Platform platform() {
        Platform opened = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .user("ada")
                .addOnProvider(redis.provider())
                .open();
        opened.subscribe(events::add);
        return opened;
    }

    @AfterEach
    void nothingIsLeft() {
        platform.close();
        assertThat(processes.alive()).as("processes of dynos").isEmpty();
    }

    private Source source(String procfile) throws IOException {
        return SampleSources.procfile(directory.resolve("source"), procfile);
    }

    private void runWorker() {
        shop.formation().scale("worker=1");
        shop.dynos().awaitUp(PATIENCE);
    }

    private int releaseOfWorker() {
        return shop.dynos().list().stream()
                .filter(dyno -> dyno.name().processType().equals("worker"))
                .mapToInt(Dyno::release)
                .max()
                .orElseThrow();
    }

    /** REL-11, REL-14, REL-15, REL-17, CFG-8 (a dyno's environment), LOG-10. */
    @Test
    void theCommandRunsOnTheNewSlugAndConfigBeforeDynosChange() throws IOException {
        Release deployed = shop.deploy(source(PASS));

        assertThat(deployed.status()).isEqualTo(ReleaseStatus.SUCCEEDED);
        assertThat(shop.releases().current()).isEqualTo(deployed);
        assertThat(shop.releases().output(3)).contains("migrating release.1 with one\n");
        assertThat(log.of(LogOrigin.app("release.1"))).containsExactly("migrating release.1 with one");
        assertThat(log.of(LogOrigin.api()))
                .containsSubsequence(
                        deployed.description() + " by user ada",
                        "Running release v3 commands by user ada",
                        "Starting process with command `echo migrating $DYNO with $MODE` by user ada")
                .doesNotContain("Release v3 created by user ada");
        assertThat(shop.formation().current().quantity("release")).isZero();
        assertThat(ReleasePhase.LIMIT).isEqualTo(Duration.ofHours(1));
    }

    /** REL-14: the version is used up, and the formation stays as it was. REL-9, REL-25. */
    @Test
    void aFailingCommandLeavesDynosOnTheOldRelease() throws IOException {
        shop.deploy(source(PASS));
        runWorker();
        Release failed = shop.deploy(source(FAIL + "new: sleep 1000\n"));

        assertThat(failed.status()).isEqualTo(ReleaseStatus.FAILED);
        assertThat(failed.version()).isEqualTo(4);
        assertThat(shop.releases().current().version()).isEqualTo(3);
        assertThat(releaseOfWorker()).isEqualTo(3);
        assertThat(shop.formation().current().types()).doesNotContain("new");
        assertThat(log.of(LogOrigin.api())).contains("Release v4 command failed by user ada");
        assertThat(log.of(LogOrigin.heroku("release.2")))
                .contains("State changed from starting to up", "Process exited with status 2");
        assertThatThrownBy(() -> shop.releases().rollback(4)).isInstanceOf(IneligibleReleaseException.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events.stream().filter(ReleaseSettled.class::isInstance))
                        .extracting(event -> ((ReleaseSettled) event).succeeded())
                        .containsExactly(true, false));
    }

    /** REL-12: for user changes, rollbacks and new add-ons; not for what a provider changes. REL-24. */
    @Test
    void theCommandRunsForEveryReleaseThatAUserMakes() throws IOException {
        shop.deploy(source(PASS));
        shop.config().set("MODE", "two");
        AddOn made = shop.addOns().add("redistogo");
        platform.addOns().configured(made.name(), Map.of("REDISTOGO_URL", "redis://new"));
        shop.releases().rollback(5);

        assertThat(log.of(LogOrigin.app("release.2"))).containsExactly("migrating release.2 with two");
        assertThat(shop.releases().list())
                .extracting(release -> shop.releases().output(release.version()).isPresent())
                .containsExactly(true, false, true, true, true, false, false);
        assertThat(shop.releases().list()).allMatch(release -> release.status() == ReleaseStatus.SUCCEEDED);
        assertThat(log.of(LogOrigin.api())).contains("Release v6 created by user ada");
    }

    /** REL-16: what was set stays set, but the slug of a failed deploy goes nowhere. */
    @Test
    void aFailedChangeOfConfigStaysInTheLedger() throws IOException {
        shop.deploy(source("release: [ \"$MODE\" != bad ]\n" + WORKER));
        runWorker();
        Release failed = shop.config().set("MODE", "bad");
        assertThat(failed.status()).isEqualTo(ReleaseStatus.FAILED);
        assertThat(shop.config().vars().asMap()).containsEntry("MODE", "bad");
        assertThat(releaseOfWorker()).isEqualTo(3);

        shop.deploy(source(FAIL));
        Release mended = shop.config().set(Map.of("MODE", "good", "A", "1"));
        assertThat(mended.status()).isEqualTo(ReleaseStatus.SUCCEEDED);
        assertThat(mended.slug()).isEqualTo(shop.releases().get(3).orElseThrow().slug());
        shop.dynos().awaitUp(PATIENCE);
        assertThat(releaseOfWorker()).isEqualTo(6);
    }

    /** REL-13: old dynos serve, the release dyno is listed, and other changes of the app wait for their turn only. */
    @Test
    void whileItRunsTheReleaseIsPendingAndTheNextOneWaits() throws IOException {
        shop.deploy(source(WORKER));
        runWorker();
        Path go = directory.resolve("go");
        shop.config().set("GO", go.toString());
        CompletableFuture<Release> deploy =
                deployLater("release: until [ -e \"$GO\" ]; do sleep 0.1; done; echo done $MODE\n" + WORKER);
        await().atMost(PATIENCE)
                .until(() -> shop.dynos().list().stream()
                        .anyMatch(dyno -> dyno.name().processType().equals("release")));

        assertThat(shop.releases().get(5).orElseThrow().status()).isEqualTo(ReleaseStatus.PENDING);
        assertThat(shop.releases().current().version()).isEqualTo(4);
        shop.formation().scale("worker=2");
        CompletableFuture<Release> config =
                CompletableFuture.supplyAsync(() -> shop.config().set("MODE", "two"));
        await().atMost(PATIENCE).until(() -> shop.releases().get(6).isPresent());
        assertThat(shop.releases().output(6)).isEmpty();
        Files.createFile(go);

        assertThat(deploy.join().status()).isEqualTo(ReleaseStatus.SUCCEEDED);
        assertThat(config.join().status()).isEqualTo(ReleaseStatus.SUCCEEDED);
        assertThat(shop.releases().output(6)).contains("done two\n");
        shop.dynos().awaitUp(PATIENCE);
        assertThat(releaseOfWorker()).isEqualTo(6);
    }

    private CompletableFuture<Release> deployLater(String procfile) throws IOException {
        Source source = source(procfile);
        return CompletableFuture.supplyAsync(() -> shop.deploy(source));
    }

    /** REL-19. */
    @Test
    void aRetryRunsTheCommandAgainOnTheNewestRelease() throws IOException {
        shop.deploy(source(WORKER));
        assertThatThrownBy(() -> shop.releases().retry())
                .isInstanceOf(NoReleaseCommandException.class)
                .hasMessageContaining("release");
        Release failed = shop.deploy(source(FAIL));
        Release again = shop.releases().retry();

        assertThat(again.description()).isEqualTo("Retry of v4: " + failed.description());
        assertThat(again.slug()).isEqualTo(failed.slug());
        assertThat(again.status()).isEqualTo(ReleaseStatus.FAILED);
    }

    /** REL-14: being killed is a failure; after the next open it is known as one. */
    @Test
    void closingThePlatformFailsTheReleaseWhoseCommandRuns() throws IOException {
        shop.deploy(source(WORKER));
        CompletableFuture<Release> deploy = deployLater("release: sleep 1000\n" + WORKER);
        await().atMost(PATIENCE)
                .until(() -> shop.dynos().list().stream()
                        .anyMatch(dyno -> dyno.name().processType().equals("release")));
        platform.close();
        assertThat(deploy.handle((release, failure) -> failure != null || release.status() == ReleaseStatus.FAILED)
                        .join())
                .isTrue();
        platform = platform();
        shop = platform.app("shop");

        assertThat(shop.releases().get(4).orElseThrow().status()).isEqualTo(ReleaseStatus.FAILED);
        assertThat(shop.releases().current().version()).isEqualTo(3);
    }
}
