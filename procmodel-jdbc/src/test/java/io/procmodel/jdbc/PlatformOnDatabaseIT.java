package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.App;
import io.procmodel.AppExistsException;
import io.procmodel.DomainTakenException;
import io.procmodel.PipelineStage;
import io.procmodel.Platform;
import io.procmodel.PlatformBuilder;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.Attachment;
import io.procmodel.addon.ConfirmationRequiredException;
import io.procmodel.build.Source;
import io.procmodel.error.InvalidValueException;
import io.procmodel.release.HostKey;
import io.procmodel.release.Release;
import io.procmodel.runtime.Isolation;
import io.procmodel.slug.FileSlugStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole platforms over one PostgreSQL: nothing of their apps is in their homes. */
@ExtendWith(PostgresServer.Shared.class)
class PlatformOnDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final HikariDataSource source;

    PlatformOnDatabaseIT(PostgresServer server) throws Exception {
        this.source = server.newSchema();
    }

    @AfterEach
    void closePool() {
        source.close();
    }

    private Platform open(String home) {
        return builder(home).open();
    }

    private PlatformBuilder builder(String home) {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve(home))
                .ledgers(JdbcReleaseLedgers.on(source))
                .states(JdbcAppStateStore.on(source))
                .slugs(FileSlugStore.at(directory.resolve("slugs")))
                .hostKey(HostKey.of("one", new byte[32]))
                .addOnProvider(AddOnProvider.named("redis")
                        .plan("nano", request -> AddOnResource.of("REDIS_URL", "redis://" + request.addOn())))
                .user(home);
    }

    private Source source(String procfile) throws Exception {
        Path tree = Files.createDirectories(directory.resolve("source"));
        Files.writeString(tree.resolve("Procfile"), procfile);
        return Source.directory(tree);
    }

    @Test
    void anotherHomeGivesTheSameApps() throws Exception {
        try (Platform first = open("first")) {
            App shop = first.createApp("shop");
            shop.config().set("GREETING", "hello");
            shop.deploy(source("job: true\n"));
            shop.formation().resize("job", "Standard-2X");
            shop.addOns().add("redis");
            first.pipeline("line").add(shop, PipelineStage.STAGING);
        }
        try (Platform second = open("second")) {
            App shop = second.app("shop");
            assertThat(shop.releases().list()).hasSize(4);
            assertThat(shop.config().vars().asMap()).containsOnlyKeys("GREETING", "REDIS_URL");
            assertThat(shop.formation().current().size("job")).hasToString("Standard-2X");
            assertThat(second.addOns().list()).hasSize(1);
            assertThat(second.pipeline("line").stage(shop)).contains(PipelineStage.STAGING);
            assertThat(shop.releases().diff(1, 3).files()).isPresent();
            assertThat(shop.releases().verify().isIntact()).isTrue();
            assertThatThrownBy(() -> second.createApp("shop")).isInstanceOf(AppExistsException.class);
        }
    }

    /** Each change is decided on the newest release of either host, so that none undoes what the other did. */
    @Test
    void twoPlatformsAtOnceLoseNothingOfEachOther() throws Exception {
        try (Platform first = open("first")) {
            first.createApp("shop");
            try (Platform second = open("second")) {
                Thread other = new Thread(() -> setAll(second.app("shop"), "B"));
                other.start();
                setAll(first.app("shop"), "A");
                other.join();

                assertThat(first.app("shop").config().vars().size()).isEqualTo(40);
                assertThat(second.app("shop").releases().list())
                        .hasSize(41)
                        .extracting(Release::author)
                        .contains("first", "second");
            }
        }
    }

    /** A host that looks takes up apps, releases and formations of another one. */
    @Test
    void aRefreshTakesUpWhatAnotherHostDid() throws Exception {
        try (Platform first = open("first")) {
            App shop = first.createApp("shop");
            shop.deploy(source("job: true\n"));
            try (Platform second = open("second")) {
                second.createApp("cart");
                second.app("shop").formation().resize("job", "Standard-2X");
                second.app("shop").config().set("GREETING", "hello");
                assertThat(shop.formation().current().size("job")).hasToString("Standard-1X");
                first.refresh();

                assertThat(shop.formation().current().size("job")).hasToString("Standard-2X");
                assertThat(shop.config().vars().asMap()).containsEntry("GREETING", "hello");
                assertThat(first.apps()).extracting(app -> app.name().value()).containsExactly("cart", "shop");
            }
        }
    }

    /** A host changes what is stored and not what it saw last: what the other one changed meanwhile stays. */
    @Test
    void formationDomainsAndMaintenanceOfTwoPlatformsAreNotLost() throws Exception {
        try (Platform first = open("first")) {
            App here = first.createApp("shop");
            here.deploy(source("a: true\nb: true\n"));
            try (Platform second = open("second")) {
                App there = second.app("shop");
                here.formation().resize("a", "Standard-2X");
                there.formation().resize("b", "Standard-2X");
                here.domains().add("www.example.com");
                there.domains().add("shop.example.com");
                there.maintenance().on();
                App cart = second.createApp("cart");

                assertThatThrownBy(() -> cart.domains().add("www.example.com"))
                        .isInstanceOf(DomainTakenException.class)
                        .hasMessageContaining("shop");
                first.refresh();
                for (App shop : List.of(here, there)) {
                    assertThat(shop.formation().current().entries())
                            .extracting(entry -> entry.size().toString())
                            .containsExactly("Standard-2X", "Standard-2X");
                    assertThat(shop.domains().list()).containsExactly("www.example.com", "shop.example.com");
                    assertThat(shop.maintenance().isOn()).isTrue();
                }
                here.domains().remove("www.example.com");
                cart.domains().add("www.example.com");
                assertThat(cart.domains().list()).containsExactly("www.example.com");
            }
        }
    }

    /** Names of add-ons are those of the platform, not of one host; what goes, goes from apps of other hosts too. */
    @Test
    void addOnsOfTwoPlatformsKeepApart() throws Exception {
        try (Platform first = open("first")) {
            App shop = first.createApp("shop");
            shop.addOns().add(AddOnOrder.of("redis").name("cache-1"));
            try (Platform second = open("second")) {
                App cart = second.createApp("cart");
                cart.addOns().attach("cache-1");

                assertThatThrownBy(
                                () -> cart.addOns().add(AddOnOrder.of("redis").name("cache-1")))
                        .isInstanceOf(InvalidValueException.class);
                cart.addOns().add(AddOnOrder.of("redis").name("cache-2"));
                assertThatThrownBy(
                                () -> shop.addOns().add(AddOnOrder.of("redis").name("cache-2")))
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("no add-on of the platform");
                assertThatThrownBy(() -> shop.addOns().destroy("cache-1"))
                        .isInstanceOf(ConfirmationRequiredException.class);
                shop.addOns().destroy("cache-1", "shop");
                assertThat(cart.addOns().attachments())
                        .extracting(Attachment::addOn)
                        .containsExactly("cache-2");
            }
        }
    }

    /** A host that looks by itself follows: its dynos run what another host released. */
    @Test
    void aHostThatLooksByItselfFollowsTheOthers() throws Exception {
        try (Platform first =
                builder("first").refreshEvery(Duration.ofMillis(50)).open()) {
            first.createApp("shop");
            try (Platform second = open("second")) {
                second.createApp("cart");
                second.app("shop").deploy(source("job: sleep 1000\n"));
                second.app("shop").formation().scale("job=1");
                await().atMost(PATIENCE).until(() -> first.apps().size() == 2);
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(first.app("shop").dynos().list())
                                        .extracting(dyno -> dyno.name() + " " + dyno.state())
                                        .containsExactly("job.1 up"));
            }
        }
    }

    private static void setAll(App shop, String prefix) {
        IntStream.range(0, 20).forEach(i -> shop.config().set(Map.of(prefix + i, "x")));
    }
}
