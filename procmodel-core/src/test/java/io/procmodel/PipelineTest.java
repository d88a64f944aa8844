package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDiff;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines through the public API; nothing but release commands runs. */
@DisabledOnOs(OS.WINDOWS)
class PipelineTest {
    @TempDir
    Path directory;

    private Platform platform;
    private App staging;
    private App shop;
    private App eu;
    private Pipeline pipeline;

    @BeforeEach
    void open() throws IOException {
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .addOnProvider(new SampleProvider().provider())
                .open();
        staging = platform.createApp("shop-staging");
        shop = platform.createApp("shop");
        eu = platform.createApp("shop-eu");
        pipeline = platform.pipeline("shop-line");
        pipeline.add(staging, PipelineStage.STAGING);
        pipeline.add(shop, PipelineStage.PRODUCTION);
        pipeline.add(eu, PipelineStage.PRODUCTION);
        deploy(staging, "job: echo one\n", "one");
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private Release deploy(App app, String procfile, String content) throws IOException {
        Path source = directory.resolve("source");
        Files.createDirectories(source);
        Files.writeString(source.resolve("file.txt"), content);
        return app.deploy(SampleSources.procfile(source, procfile));
    }

    /** PIPE-3, REL-3, REL-5. */
    @Test
    void aPromotionGivesTheSlugAndNothingElse() {
        shop.config().set("MODE", "production");
        shop.addOns().add("redistogo");
        staging.config().set("MODE", "staging");
        Promotion promotion = pipeline.promote(staging);

        assertThat(promotion.succeeded()).isTrue();
        assertThat(promotion.targets())
                .extracting(target -> target.app().value())
                .containsExactly("shop", "shop-eu");
        Release released = shop.releases().current();
        assertThat(released.slug()).isEqualTo(staging.releases().current().slug());
        assertThat(released.description())
                .matches("Promote shop-staging v3 [0-9a-f]{8}")
                .endsWith(staging.releases()
                        .current()
                        .slug()
                        .orElseThrow()
                        .digest()
                        .hex()
                        .substring(0, 8));
        assertThat(released.config().asMap())
                .containsExactly(Map.entry("MODE", "production"), Map.entry("REDISTOGO_URL", "redis://shop/nano"));
        assertThat(eu.config().vars().isEmpty()).isTrue();
        assertThat(staging.releases().list()).hasSize(3);
    }

    /** PIPE-4, PIPE-5: the release command runs on each target, and one that fails does not stop the others. */
    @Test
    void aTargetThatFailsDoesNotStopTheOthers() throws IOException {
        shop.config().set("BROKEN", "yes");
        deploy(staging, "release: [ -z \"$BROKEN\" ]\njob: echo two\n", "two");
        Promotion promotion = pipeline.promote(staging);

        assertThat(promotion.succeeded()).isFalse();
        assertThat(promotion.targets().get(0).error()).contains("Release v3 command failed");
        assertThat(promotion.targets().get(1).succeeded()).isTrue();
        assertThat(shop.releases().current().slug()).isEmpty();
        assertThat(eu.releases().current().slug()).isEqualTo(promotion.release().slug());
    }

    /** PIPE-1, PIPE-6. */
    @Test
    void whatCannotBePromotedIsRefusedInHerokusWords() {
        assertThatThrownBy(() -> pipeline.promote(shop))
                .isInstanceOf(PromotionException.class)
                .hasMessage("Cannot promote shop from 'production' stage");
        assertThatThrownBy(() -> pipeline.promote(staging, "shop-staging"))
                .hasMessage("Cannot promote from an app to itself: shop-staging. Specify a different target app.");
        pipeline.remove(shop);
        pipeline.remove(eu);
        assertThatThrownBy(() -> pipeline.promote(staging))
                .hasMessage("Cannot promote from shop-staging as there are no downstream apps in production stage");
        assertThatThrownBy(() -> pipeline.promote(shop))
                .isInstanceOf(PromotionException.class)
                .hasMessage("app shop is not in pipeline shop-line");
        App dev = platform.createApp("shop-dev");
        pipeline.add(dev, PipelineStage.DEVELOPMENT);
        assertThatThrownBy(() -> pipeline.promote(dev))
                .isInstanceOf(NothingDeployedException.class)
                .hasMessageContaining("shop-dev");
        assertThat(staging.releases().list()).hasSize(2);
    }

    /** PIPE-6: {@code --to}. */
    @Test
    void certainAppsCanBeTheTargets() {
        pipeline.promote(staging, "shop-eu");

        assertThat(eu.releases().current().slug()).isPresent();
        assertThat(shop.releases().current().slug()).isEmpty();
        platform.createApp("stranger");
        assertThatThrownBy(() -> pipeline.promote(staging, "shop", "stranger"))
                .isInstanceOf(PromotionException.class)
                .hasMessageContaining("stranger");
        assertThat(shop.releases().current().slug()).isEmpty();
    }

    /** PIPE-2. */
    @Test
    void anAppIsInOnePipelineAndOneStage() {
        assertThatThrownBy(() -> platform.pipeline("other").add(shop, PipelineStage.STAGING))
                .isInstanceOf(PromotionException.class)
                .hasMessageContaining("shop-line");
        pipeline.add(shop, PipelineStage.STAGING);
        assertThat(pipeline.apps(PipelineStage.PRODUCTION)).containsExactly(eu);
        pipeline.remove(shop);
        platform.pipeline("other").add(shop, PipelineStage.REVIEW);
        assertThat(pipeline.stage(shop)).isEmpty();
    }

    @Test
    void couplingsAreThereAfterTheNextOpen() {
        platform.close();
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .open();

        assertThat(platform.pipeline("shop-line").apps(PipelineStage.PRODUCTION))
                .extracting(App::name)
                .containsExactly(shop.name(), eu.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "1abc", "Abc", "a_bc", "abcdefghijklmnopqrstuvwxyz012345"})
    void pipelineNamesHaveARule(String name) {
        assertThatThrownBy(() -> platform.pipeline(name)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void stagesAreComparedByFilesKeysAndProcessTypes() throws IOException {
        pipeline.promote(staging, "shop");
        shop.config().set(Map.of("ONLY_HERE", "s3cret"));
        deploy(staging, "job: echo changed\nnew: echo new\n", "two");
        ReleaseDiff diff = pipeline.diff(staging).get(shop);

        assertThat(diff.files().orElseThrow().changed())
                .extracting(file -> file.path())
                .contains("file.txt", "Procfile");
        assertThat(diff.config().removed()).containsExactly("ONLY_HERE");
        assertThat(diff.newTypes()).extracting(type -> type.name()).containsExactly("new");
        assertThat(diff.changedTypes()).extracting(type -> type.command()).containsExactly("echo changed");
        assertThat(diff.toString()).contains("- config ONLY_HERE", "~ file.txt").doesNotContain("s3cret");
        assertThat(pipeline.diff(staging)).containsKeys(shop, eu);
    }
}
