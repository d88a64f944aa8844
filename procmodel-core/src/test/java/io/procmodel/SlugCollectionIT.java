package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.build.Source;
import io.procmodel.error.InvalidValueException;
import io.procmodel.release.NoSuchReleaseException;
import io.procmodel.release.Release;
import io.procmodel.runtime.Isolation;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugFile;
import io.procmodel.slug.SlugNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slugs of a platform, collected through its public API. */
class SlugCollectionIT {
    private static final SlugRetention LAST_TWO = SlugRetention.lastReleases(2).grace(Duration.ZERO);

    @TempDir
    Path directory;

    private FileSlugStore store;
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() {
        store = FileSlugStore.at(directory.resolve("slugs"));
        openPlatform();
        shop = platform.createApp("shop");
    }

    private void openPlatform() {
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .slugs(store)
                .open();
        platform.findApp("shop").ifPresent(found -> shop = found);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private Source source(String content) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("source-" + content));
        Files.writeString(tree.resolve("Procfile"), "worker: " + content + "\n");
        return Source.directory(tree);
    }

    private static SlugDigest slug(Release release) {
        return release.slug().orElseThrow().digest();
    }

    @Test
    void theLastReleasesAndThePinnedOnesAreKept() throws IOException {
        Release v2 = shop.deploy(source("a"));
        Release v3 = shop.deploy(source("b"));
        Release v4 = shop.deploy(source("c"));
        Release v5 = shop.deploy(source("d"));

        assertThat(platform.collectSlugs(LAST_TWO.pinning("shop", v2.version())))
                .containsExactly(slug(v3));
        assertThat(store.list()).containsExactlyInAnyOrder(slug(v2), slug(v4), slug(v5));

        assertThatThrownBy(() -> shop.releases().rollback(v3.version())).isInstanceOf(SlugNotFoundException.class);
        assertThat(shop.releases().current()).isEqualTo(v5);
        assertThat(slug(shop.releases().rollback(v4.version()))).isEqualTo(slug(v4));
    }

    @Test
    void aPinHoldsUntilItIsTakenAwayAndSurvivesThePlatform() throws IOException {
        Release v2 = shop.deploy(source("a"));
        Release v3 = shop.deploy(source("b"));
        shop.deploy(source("c"));
        shop.releases().pin(v2.version());
        shop.releases().pin(v2.version());
        platform.close();
        openPlatform();

        assertThat(shop.releases().pinned()).containsExactly(v2.version());
        SlugRetention last = SlugRetention.lastReleases(1).grace(Duration.ZERO);
        assertThat(platform.collectSlugs(last)).containsExactly(slug(v3));
        assertThatThrownBy(() -> shop.releases().pin(v3.version())).isInstanceOf(SlugNotFoundException.class);
        assertThatThrownBy(() -> shop.releases().pin(9)).isInstanceOf(NoSuchReleaseException.class);
        assertThat(shop.releases().pinned()).containsExactly(v2.version());

        shop.releases().unpin(v2.version());
        assertThat(platform.collectSlugs(last)).containsExactly(slug(v2));
    }

    @Test
    void whatNoReleaseNamesGoesAndTheRestStays() throws IOException {
        Release v2 = shop.deploy(source("a"));
        SlugDigest unreleased = shop.build(source("b")).digest();

        assertThat(platform.collectSlugs(SlugRetention.allReleases()))
                .as("within the grace")
                .isEmpty();
        assertThat(platform.collectSlugs(SlugRetention.allReleases().grace(Duration.ZERO)))
                .containsExactly(unreleased);
        assertThat(store.list()).containsExactly(slug(v2));
    }

    @Test
    void theCurrentSlugStaysWhenOnlyConfigWasReleasedSince() throws IOException {
        Release v2 = shop.deploy(source("a"));
        for (int i = 0; i < 5; i++) {
            shop.config().set("N", Integer.toString(i));
        }
        assertThat(platform.collectSlugs(LAST_TWO)).isEmpty();
        assertThat(store.list()).containsExactly(slug(v2));
    }

    /** With the usual grace nothing that is being released is lost, however the two interleave. */
    @Test
    void collectingBesideDeploysAndRollbacksLosesNothing() throws Exception {
        shop.deploy(source("a"));
        AtomicBoolean through = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!through.get()) {
                platform.collectSlugs(SlugRetention.lastReleases(1));
            }
        });
        collector.start();
        try {
            for (int i = 0; i < 10; i++) {
                shop.deploy(source("a" + i % 3));
                assertThat(store.contains(slug(shop.releases().current()))).isTrue();
                shop.releases().rollback();
                assertThat(store.contains(slug(shop.releases().current()))).isTrue();
            }
        } finally {
            through.set(true);
            collector.join();
        }
    }

    @Test
    void aSlugShowsItsFilesAndHowAnotherDiffers() throws IOException {
        Release v2 = shop.deploy(source("a"));
        Release v3 = shop.deploy(source("b"));

        assertThat(platform.manifest(v2.slug().orElseThrow()).files())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).isEqualTo("Procfile"));
        assertThat(platform.manifest(v2.slug().orElseThrow())
                        .diff(platform.manifest(v3.slug().orElseThrow())))
                .hasToString("~ Procfile\n");
    }

    /** The same from the slug itself, whether a build gave it, a deploy, or a ledger that was opened again. */
    @Test
    void aSlugKnowsItsFilesAndHowAnotherDiffers() throws IOException {
        Slug built = shop.build(source("a"));
        Slug released = shop.deploy(source("b")).slug().orElseThrow();

        assertThat(built.files()).extracting(SlugFile::path).containsExactly("Procfile");
        assertThat(built.diff(released)).hasToString("~ Procfile\n");
        assertThat(built.diff(built).isEmpty()).isTrue();

        platform.close();
        openPlatform();
        Slug again = shop.releases().current().slug().orElseThrow();
        assertThat(again).isEqualTo(released).hasSameHashCodeAs(released).isNotEqualTo(built);
        assertThat(again.files()).isEqualTo(released.files());
        assertThat(shop.releases().list().get(0).slug().orElseThrow().diff(built))
                .hasToString("~ Procfile\n");
        store.delete(built.digest());
        assertThatThrownBy(built::files).isInstanceOf(SlugNotFoundException.class);
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> SlugRetention.lastReleases(0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> SlugRetention.allReleases().grace(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidValueException.class);
    }
}
