package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Throwables;
import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnBusyException;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.AddOnState;
import io.procmodel.addon.Attachment;
import io.procmodel.addon.ConfirmationRequiredException;
import io.procmodel.addon.NoSuchAddOnException;
import io.procmodel.build.Build;
import io.procmodel.build.Buildpack;
import io.procmodel.build.BuildpackRelease;
import io.procmodel.build.Source;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.event.AddOnChanged;
import io.procmodel.log.LogOrigin;
import io.procmodel.procfile.ProcessType;
import io.procmodel.release.AttachedConfigException;
import io.procmodel.release.IneligibleReleaseException;
import io.procmodel.release.Release;
import io.procmodel.runtime.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Add-ons through the public API; no dyno runs. */
class AddOnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path home;
    private final SampleProvider redis = new SampleProvider();
    private final RecordingSink log = new RecordingSink();
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() {
        home = directory.resolve("home");
        platform = platform(redis.provider());
        shop = platform.createApp("shop");
    }

    private Platform platform(AddOnProvider provider) {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(home)
                .logs(log)
                .user("ada")
                .random(new Random(1))
                .addOnProvider(provider)
                .open();
    }

    private void reopen(AddOnProvider provider) {
        platform.close();
        platform = platform(provider);
        shop = platform.app("shop");
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private static Map<String, String> config(App app) {
        return app.config().vars().asMap();
    }

    private static Attachment only(App app) {
        assertThat(app.addOns().attachments()).hasSize(1);
        return app.addOns().attachments().get(0);
    }

    /** REL-3, REL-5, ADD-1, ADD-2, ADD-4, ADD-5, ADD-7, ADD-11, ADD-13. */
    @Test
    void anAddOnComesWithOneReleaseThatBringsItsConfigVars() {
        AddOn made = shop.addOns().add("redistogo:nano");

        assertThat(config(shop)).containsExactly(Map.entry("REDISTOGO_URL", "redis://shop/nano"));
        Release release = shop.releases().current();
        assertThat(release.version()).isEqualTo(2);
        assertThat(release.description()).isEqualTo("Attach REDISTOGO (@ref:" + made.name() + ")");
        assertThat(made.name()).matches("redistogo-[a-z]+-\\d{5}").matches("[a-zA-Z][A-Za-z0-9_-]+");
        assertThat(made.state()).isEqualTo(AddOnState.PROVISIONED);
        assertThat(made.plan()).hasToString("redistogo:nano");
        assertThat(made.app()).hasToString("shop");
        assertThat(made.configKeys()).containsExactly("REDISTOGO_URL");
        assertThat(made.message()).isEqualTo("welcome");
        assertThat(only(shop))
                .isEqualTo(new Attachment("REDISTOGO", made.name(), "redistogo:nano", List.of("REDISTOGO_URL")));
        assertThat(shop.addOns().list()).containsExactly(made);
        assertThat(redis.requests.get(0).app()).hasToString("shop");
        assertThat(redis.requests.get(0).addOn()).isEqualTo(made.name());
        assertThat(log.of(LogOrigin.api()))
                .contains(release.description() + " by user ada", "Release v2 created by user ada");
    }

    /** ADD-1: the service alone stands for its default plan. */
    @Test
    void theFirstPlanIsTheDefault() {
        assertThat(shop.addOns().add("redistogo").plan()).hasToString("redistogo:nano");
    }

    @Test
    void whatIsNotOfferedIsRefusedWithWhatIs() {
        assertThatThrownBy(() -> shop.addOns().add("redistogo:huge"))
                .isInstanceOf(NoSuchAddOnException.class)
                .hasMessage("plan of redistogo: \"huge\" (expected: one of [nano, small])");
        assertThatThrownBy(() -> shop.addOns().add("mongo:nano"))
                .isInstanceOf(NoSuchAddOnException.class)
                .hasMessageContaining("one of [redistogo]");
        assertThatThrownBy(() -> shop.addOns().destroy("nothing"))
                .isInstanceOf(NoSuchAddOnException.class)
                .hasMessageContaining("none is there");
        assertThatThrownBy(() -> shop.addOns().detach("NOTHING")).isInstanceOf(NoSuchAddOnException.class);
        assertThat(shop.releases().list()).hasSize(1);
        assertThat(redis.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "redistogo:", "Redis:nano", "a b:c", "redistogo:na/no"})
    void malformedPlansAreRefused(String plan) {
        assertThatThrownBy(() -> shop.addOns().add(plan)).isInstanceOf(InvalidValueException.class);
    }

    /** ADD-7: {@code --as}; ADD-11: options go to the provider; ADD-4: {@code --name}. */
    @Test
    void anOrderNamesAttachmentAndAddOnAndPassesOptions() {
        shop.addOns()
                .add(AddOnOrder.of("redistogo:small")
                        .as("cache")
                        .name("my-redis")
                        .option("version", "7"));

        assertThat(config(shop)).containsOnlyKeys("CACHE_URL");
        assertThat(only(shop).name()).isEqualTo("CACHE");
        assertThat(only(shop).addOn()).isEqualTo("my-redis");
        assertThat(redis.requests.get(0).options()).containsExactly(Map.entry("version", "7"));
        assertThatThrownBy(() -> shop.addOns().add(AddOnOrder.of("redistogo").name("my-redis")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("my-redis");
    }

    /** ADD-6, ADD-8: the first has the service's own prefix, the next ones a colour. */
    @Test
    void furtherAddOnsOfAServiceGetAColour() {
        shop.addOns().add("redistogo");
        shop.addOns().add("redistogo");
        shop.addOns().add("redistogo");

        assertThat(config(shop)).containsOnlyKeys("REDISTOGO_URL", "REDISTOGO_RED_URL", "REDISTOGO_PURPLE_URL");
    }

    /** ADD-8: the first database is DATABASE. */
    @Test
    void aProviderMayHaveAPrefixOfItsOwn() {
        reopen(AddOnProvider.named("postgresql")
                .configPrefix("DATABASE")
                .plan("dev", request -> AddOnResource.of("DATABASE_URL", "postgres://1")));
        shop.addOns().add("postgresql");
        shop.addOns().add("postgresql");

        assertThat(config(shop)).containsOnlyKeys("DATABASE_URL", "POSTGRESQL_RED_URL");
    }

    /** A var that the user has set is not taken away by a name that nobody chose. */
    @Test
    void anAddOnTakesNoNameWhoseConfigVarIsSet() {
        shop.config().set("REDISTOGO_URL", "mine");
        shop.addOns().add("redistogo");

        assertThat(config(shop)).containsEntry("REDISTOGO_URL", "mine").containsKey("REDISTOGO_RED_URL");
    }

    /** ADD-12. */
    @Test
    void aNameThatIsInUseIsTakenOnlyWithConfirmation() {
        shop.config().set("OTHER_URL", "mine");
        AddOn first = shop.addOns().add(AddOnOrder.of("redistogo").as("CACHE"));
        for (String name : List.of("CACHE", "OTHER")) {
            assertThatThrownBy(() ->
                            shop.addOns().add(AddOnOrder.of("redistogo:small").as(name)))
                    .isInstanceOf(ConfirmationRequiredException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("shop");
        }
        assertThatThrownBy(() -> shop.addOns()
                        .add(AddOnOrder.of("redistogo:small").as("CACHE").confirm("blog")))
                .isInstanceOf(ConfirmationRequiredException.class);
        assertThat(redis.resources).hasSize(1);

        AddOn second =
                shop.addOns().add(AddOnOrder.of("redistogo:small").as("CACHE").confirm("shop"));
        assertThat(only(shop).addOn()).isEqualTo(second.name());
        assertThat(config(shop)).containsEntry("CACHE_URL", "redis://shop/small");
        assertThat(shop.addOns().list()).contains(first, second);
    }

    /** ADD-6, ADD-10, ADD-15, REL-5. */
    @Test
    void severalAppsShareAnAddOnUnderTheirOwnNames() {
        App blog = platform.createApp("blog");
        AddOn made = shop.addOns().add("redistogo");
        blog.addOns().attach(made.name(), "SHARED");
        blog.addOns().attach(made.name());

        assertThat(config(blog))
                .containsExactly(
                        Map.entry("SHARED_URL", "redis://shop/nano"), Map.entry("REDISTOGO_URL", "redis://shop/nano"));
        assertThat(blog.addOns().list()).containsExactly(made);
        Release detached = blog.addOns().detach("shared");
        assertThat(detached.description()).isEqualTo("Detach SHARED (@ref:" + made.name() + ")");
        assertThat(config(blog)).containsOnlyKeys("REDISTOGO_URL");
        assertThat(config(shop)).containsOnlyKeys("REDISTOGO_URL");
        assertThat(redis.resources).hasSize(1);
    }

    /** ADD-6. */
    @Test
    void anAddOnThatCannotBeSharedStaysWithItsApp() {
        reopen(new Solitary(redis.provider()));
        App blog = platform.createApp("blog");
        AddOn made = shop.addOns().add("redistogo");

        assertThatThrownBy(() -> blog.addOns().attach(made.name()))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("share");
        assertThatThrownBy(() -> shop.addOns().add("redistogo"))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("one only");
        assertThat(blog.releases().list()).hasSize(1);
    }

    private record Solitary(AddOnProvider inner) implements AddOnProvider {
        @Override
        public String service() {
            return inner.service();
        }

        @Override
        public List<String> plans() {
            return inner.plans();
        }

        @Override
        public boolean supportsSharing() {
            return false;
        }

        @Override
        public boolean supportsMultipleInstallations() {
            return false;
        }

        @Override
        public AddOnResource provision(io.procmodel.addon.AddOnRequest request) {
            return inner.provision(request);
        }

        @Override
        public AddOnResource changePlan(AddOnResource resource, String plan) {
            return inner.changePlan(resource, plan);
        }

        @Override
        public void deprovision(AddOnResource resource) {
            inner.deprovision(resource);
        }
    }

    /** ADD-10, ADD-12: what other apps would lose must be confirmed. */
    @Test
    void destroyingAnAddOnTakesItFromEveryApp() {
        App blog = platform.createApp("blog");
        AddOn made = shop.addOns().add("redistogo");
        blog.addOns().attach(made.name(), "SHARED");

        assertThatThrownBy(() -> blog.addOns().destroy(made.name()))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("belongs to shop");
        assertThatThrownBy(() -> shop.addOns().destroy(made.name())).isInstanceOf(ConfirmationRequiredException.class);
        shop.addOns().destroy(made.name(), "shop");

        assertThat(config(shop)).isEmpty();
        assertThat(config(blog)).isEmpty();
        assertThat(platform.addOns().list()).isEmpty();
        assertThat(redis.resources).isEmpty();
        assertThat(shop.releases().current().description()).isEqualTo("Detach REDISTOGO (@ref:" + made.name() + ")");
    }

    /** ADD-16. */
    @Test
    void aChangeOfPlanIsAReleaseInEveryAppThatHasIt() {
        App blog = platform.createApp("blog");
        AddOn made = shop.addOns().add("redistogo:nano");
        blog.addOns().attach(made.name(), "SHARED");
        AddOn changed = shop.addOns().changePlan(made.name(), "redistogo:small");

        assertThat(changed.plan()).hasToString("redistogo:small");
        assertThat(config(shop)).containsEntry("REDISTOGO_URL", "redis://moved/small");
        assertThat(config(blog)).containsEntry("SHARED_URL", "redis://moved/small");
        assertThat(only(blog).plan()).isEqualTo("redistogo:small");
        int releases = shop.releases().list().size();
        shop.addOns().changePlan(made.name(), "small");
        assertThat(shop.releases().list()).hasSize(releases);
        assertThatThrownBy(() -> shop.addOns().changePlan(made.name(), "huge"))
                .isInstanceOf(NoSuchAddOnException.class);
    }

    /** ADD-9, REL-3, REL-5. */
    @Test
    void aProviderChangesItsValuesWithARelease() {
        App blog = platform.createApp("blog");
        AddOn made = shop.addOns().add("redistogo");
        blog.addOns().attach(made.name(), "SHARED");
        platform.addOns().configured(made.name(), Map.of("REDISTOGO_URL", "redis://new", "REDISTOGO_KEY", "k"));

        assertThat(config(shop))
                .containsExactly(Map.entry("REDISTOGO_URL", "redis://new"), Map.entry("REDISTOGO_KEY", "k"));
        assertThat(config(blog)).containsOnlyKeys("SHARED_URL", "SHARED_KEY");
        assertThat(shop.releases().current().description()).isEqualTo("Update REDISTOGO");
        int releases = shop.releases().list().size();
        platform.addOns().configured(made.name(), Map.of("REDISTOGO_URL", "redis://new", "REDISTOGO_KEY", "k"));
        assertThat(shop.releases().list()).hasSize(releases);
        platform.addOns().configured(made.name(), Map.of("REDISTOGO_URL", "redis://newer"));
        assertThat(config(blog)).containsOnlyKeys("SHARED_URL");
        assertThatThrownBy(() -> platform.addOns().configured(made.name(), Map.of("OTHER_URL", "x")))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("OTHER_URL");
    }

    /** ADD-3, ADD-14. */
    @Test
    void anAddOnThatIsMadeInTheBackgroundBringsItsVarsLater() {
        redis.pending = true;
        AddOn ordered = shop.addOns().add("redistogo");

        assertThat(ordered.state()).isEqualTo(AddOnState.PROVISIONING);
        assertThat(config(shop)).isEmpty();
        assertThat(shop.releases().current().description()).startsWith("Attach REDISTOGO");
        reopen(redis.provider());
        AddOn made = platform.addOns().provisioned(ordered.name(), Map.of("REDISTOGO_URL", "redis://late"));

        assertThat(made.state()).isEqualTo(AddOnState.PROVISIONED);
        assertThat(config(shop)).containsExactly(Map.entry("REDISTOGO_URL", "redis://late"));
        assertThat(shop.releases().current().description())
                .isEqualTo("@ref:" + made.name() + " completed provisioning, setting REDISTOGO_URL.");
        assertThatThrownBy(() -> platform.addOns().provisioned(made.name(), Map.of()))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("PROVISIONED (expected: PROVISIONING)");
    }

    @Test
    void anAddOnThatIsNeverMadeIsTakenAwayAgain() {
        redis.pending = true;
        AddOn ordered = shop.addOns().add("redistogo");
        platform.addOns().failed(ordered.name());

        assertThat(shop.addOns().attachments()).isEmpty();
        assertThat(platform.addOns().list()).isEmpty();
    }

    /** ADD-20. */
    @Test
    void aRefusalReachesTheUserAndLeavesNothingBehind() {
        redis.onProvision = Optional.of(new AddOnRefusedException("redistogo", "sold out"));

        assertThatThrownBy(() -> shop.addOns().add("redistogo"))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessage("add-on redistogo: sold out");
        assertNothingIsLeft();
    }

    @Test
    void aProviderThatThrowsLeavesNothingBehind() {
        redis.onProvision = Optional.of(new IllegalStateException("boom"));

        assertThatThrownBy(() -> shop.addOns().add("redistogo"))
                .isInstanceOf(AddOnRefusedException.class)
                .hasRootCauseMessage("boom");
        assertNothingIsLeft();
    }

    @Test
    void whatAProviderThrowsIsToldWithoutSecrets() {
        shop.config().set("TOKEN", "s3cr3t-token");
        List<RuntimeException> failures = List.of(
                new IllegalStateException("cannot use s3cr3t-token"),
                new IllegalStateException("failed", new IllegalArgumentException("--key=s3cr3t-option")),
                new AddOnRefusedException("redistogo", "s3cr3t-token is wrong"));
        for (RuntimeException failure : failures) {
            redis.onProvision = Optional.of(failure);
            assertThatThrownBy(
                            () -> shop.addOns().add(AddOnOrder.of("redistogo").option("key", "s3cr3t-option")))
                    .isInstanceOf(AddOnRefusedException.class)
                    .satisfies(told -> assertThat(Throwables.getStackTraceAsString(told))
                            .contains(failure.getClass().getName() + ", whose words are left out")
                            .doesNotContain("s3cr3t"));
        }
        redis.onProvision = Optional.empty();
        AddOn made = shop.addOns().add("redistogo");
        redis.onDeprovision = Optional.of(new IllegalStateException("no answer at redis://shop/nano"));
        assertThatThrownBy(() -> shop.addOns().destroy(made.name()))
                .isInstanceOf(AddOnRefusedException.class)
                .satisfies(told -> assertThat(Throwables.getStackTraceAsString(told))
                        .contains("again", "whose words are left out")
                        .doesNotContain("redis://"));
    }

    /** ADD-21: the key must begin with the provider's prefix. */
    @Test
    void aConfigVarUnderAForeignNameIsRefusedAndTheResourceGivenBack() {
        redis.key = "PATH";

        assertThatThrownBy(() -> shop.addOns().add("redistogo"))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("PATH")
                .hasMessageContaining("REDISTOGO_");
        assertNothingIsLeft();
    }

    @Test
    void anAddOnForWhichThereIsNoRoomIsGivenBack() {
        shop.config().set("BIG", "x".repeat(ConfigVars.MAX_BYTES - 20));

        assertThatThrownBy(() -> shop.addOns().add("redistogo"))
                .isInstanceOf(io.procmodel.config.ConfigTooLargeException.class);
        assertThat(redis.resources).isEmpty();
        assertThat(platform.addOns().list()).isEmpty();
        assertThat(shop.releases().list()).hasSize(2);
    }

    private void assertNothingIsLeft() {
        assertThat(redis.resources).isEmpty();
        assertThat(platform.addOns().list()).isEmpty();
        assertThat(shop.addOns().attachments()).isEmpty();
        assertThat(shop.releases().list()).hasSize(1);
    }

    /** What its provider does not take back stays known and is given back by the next open. */
    @Test
    void aFailedReturnIsTriedAgainByTheNextOpen() {
        AddOn made = shop.addOns().add("redistogo");
        redis.onDeprovision = Optional.of(new IllegalStateException("down"));
        assertThatThrownBy(() -> shop.addOns().destroy(made.name()))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("again");
        assertThat(config(shop)).isEmpty();
        assertThat(platform.addOns().get(made.name()).state()).isEqualTo(AddOnState.DEPROVISIONING);

        redis.onDeprovision = Optional.empty();
        reopen(redis.provider());
        await().atMost(PATIENCE).until(() -> platform.addOns().list().isEmpty());
        assertThat(redis.resources).isEmpty();
    }

    /** CFG-9. */
    @Test
    void theUserCannotChangeWhatAnAddOnBrings() {
        shop.addOns().add("redistogo");

        assertThatThrownBy(() -> shop.config().set(Map.of("OTHER", "x", "REDISTOGO_URL", "mine")))
                .isInstanceOf(AttachedConfigException.class)
                .hasMessageContaining("REDISTOGO_URL");
        assertThatThrownBy(() -> shop.config().unset("REDISTOGO_URL")).isInstanceOf(AttachedConfigException.class);
        shop.config().set("REDISTOGO_URL", "redis://shop/nano");
        assertThat(shop.releases().list()).hasSize(2);
        shop.addOns().detach("REDISTOGO");
        shop.config().set("REDISTOGO_URL", "mine");
        assertThat(config(shop)).containsEntry("REDISTOGO_URL", "mine");
    }

    /** ADD-18, REL-22, ADD-24: a rollback keeps add-ons, their plan and their present values. */
    @Test
    void aRollbackNeitherAddsNorRemovesAddOns() throws Exception {
        shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: true\n"));
        AddOn made = shop.addOns().add("redistogo");
        shop.config().set("A", "1");
        platform.addOns().configured(made.name(), Map.of("REDISTOGO_URL", "redis://rotated"));

        assertThatThrownBy(() -> shop.releases().rollback(2)).isInstanceOf(IneligibleReleaseException.class);
        Release back = shop.releases().rollback(3);
        assertThat(back.description()).isEqualTo("Rollback to v3");
        assertThat(config(shop)).containsExactly(Map.entry("REDISTOGO_URL", "redis://rotated"));
        assertThat(back.toString() + back + made + only(shop)).doesNotContain("redis://");
    }

    @Test
    void eventsSayWhatBecameOfAnAddOn() {
        List<Object> events = new CopyOnWriteArrayList<>();
        platform.subscribe(events::add);
        AddOn made = shop.addOns().add("redistogo");
        shop.addOns().destroy(made.name());

        await().atMost(PATIENCE)
                .until(() -> events.stream()
                        .filter(AddOnChanged.class::isInstance)
                        .map(event -> ((AddOnChanged) event).state())
                        .toList()
                        .equals(List.of(AddOnState.PROVISIONED, AddOnState.DEPROVISIONING)));
    }

    /** What a provider says before it has answered counts as if it had answered so, on whatever thread it says it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProviderMaySayThatItIsReadyBeforeItHasAnswered(boolean onItsOwnThread) {
        reopen(calling(onItsOwnThread, name -> platform.addOns().provisioned(name, Map.of("EAGER_URL", "eager://1"))));
        AddOn made = shop.addOns().add("eager:dev");

        assertThat(made.state()).isEqualTo(AddOnState.PROVISIONED);
        assertThat(platform.addOns().get(made.name())).isEqualTo(made);
        assertThat(config(shop)).containsExactly(Map.entry("EAGER_URL", "eager://1"));
        assertThat(shop.releases().list()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProviderMaySayThatItFailedBeforeItHasAnswered(boolean onItsOwnThread) {
        reopen(calling(onItsOwnThread, name -> platform.addOns().failed(name)));

        assertThatThrownBy(() -> shop.addOns().add("eager:dev"))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessageContaining("its provider said that it failed");
        assertThat(platform.addOns().list()).isEmpty();
        assertThat(shop.releases().list()).hasSize(1);
    }

    /** A change of an add-on that is being changed is refused at once: its provider may be waiting for whoever asks. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProviderCannotHaveItsAddOnChangedWhileItIsAsked(boolean onItsOwnThread) {
        List<Consumer<String>> changes = List.of(
                name -> shop.addOns().destroy(name),
                name -> shop.addOns().attach(name),
                name -> shop.addOns().changePlan(name, "dev"));
        for (Consumer<String> change : changes) {
            reopen(calling(onItsOwnThread, change));

            assertThatThrownBy(() -> shop.addOns().add("eager:dev"))
                    .isInstanceOf(AddOnRefusedException.class)
                    .hasRootCauseInstanceOf(AddOnBusyException.class)
                    .hasStackTraceContaining("it is being ordered (expected: the end of that first)");
            assertThat(platform.addOns().list()).isEmpty();
            assertThat(shop.releases().list()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void configVarsThatAProviderBringsWhileItChangesThePlanAreNewerThanItsAnswer(boolean onItsOwnThread) {
        reopen(AddOnProvider.named("eager")
                .plan(
                        "dev",
                        request -> AddOnResource.of("EAGER_URL", "eager://1").id(request.addOn()))
                .plan("prod", request -> AddOnResource.pending())
                .changePlan((resource, plan) -> {
                    call(
                            onItsOwnThread,
                            () -> platform.addOns().configured(resource.id(), Map.of("EAGER_URL", "eager://3")));
                    return AddOnResource.of("EAGER_URL", "eager://2");
                }));
        AddOn made = shop.addOns().add("eager:dev");
        shop.addOns().changePlan(made.name(), "prod");

        assertThat(config(shop)).containsExactly(Map.entry("EAGER_URL", "eager://3"));
        assertThat(platform.addOns().get(made.name()).plan()).hasToString("eager:prod");
        assertThat(only(shop).plan()).isEqualTo("eager:prod");
    }

    private static AddOnProvider calling(boolean onItsOwnThread, Consumer<String> back) {
        return AddOnProvider.named("eager").plan("dev", request -> {
            call(onItsOwnThread, () -> back.accept(request.addOn()));
            return AddOnResource.pending();
        });
    }

    /** Has a call made by this thread or by another one that this one waits for. */
    private static void call(boolean onItsOwnThread, Runnable back) {
        if (onItsOwnThread) {
            back.run();
        } else {
            CompletableFuture.runAsync(back)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    /** However an attachment and the end of its add-on meet, no attachment of what is gone stays. */
    @Test
    void noAttachmentOutlivesItsAddOn() {
        App blog = platform.createApp("blog");
        for (int round = 0; round < 20; round++) {
            AddOn made = shop.addOns().add("redistogo");
            CompletableFuture<Void> attaching = CompletableFuture.runAsync(() -> {
                try {
                    blog.addOns().attach(made.name(), "SHARED");
                } catch (NoSuchAddOnException e) {
                    // it was gone already
                }
            });
            shop.addOns().destroy(made.name(), "shop");
            attaching.join();

            assertThat(blog.addOns().attachments()).isEmpty();
            assertThat(config(blog)).isEmpty();
        }
        assertThat(redis.resources).isEmpty();
    }

    /** ADD-17: what a buildpack asks for is ordered by the first deploy and by none after it. */
    @Test
    void theFirstDeployOrdersWhatABuildpackAsksFor() throws Exception {
        Source source = SampleSources.procfile(directory.resolve("source"), "job: true\n");
        platform.close();
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(home)
                .addOnProvider(redis.provider())
                .buildpack("acme/asking", new AskingBuildpack())
                .open();
        shop = platform.app("shop");
        shop.buildpacks().set("acme/asking");
        shop.deploy(source);
        AddOn ordered = shop.addOns().list().get(0);

        assertThat(ordered.plan()).hasToString("redistogo:small");
        assertThat(config(shop)).containsKey("REDISTOGO_URL");
        shop.addOns().destroy(ordered.name());
        shop.deploy(source);
        assertThat(shop.addOns().list()).isEmpty();
        assertThat(redis.requests).hasSize(1);
    }

    /** Finds every app its own, adds nothing to it, and asks for a Redis. */
    private static final class AskingBuildpack implements Buildpack {
        @Override
        public String description() {
            return "Asking (any)";
        }

        @Override
        public Optional<String> detect(Build build) {
            return Optional.of("Asking");
        }

        @Override
        public void compile(Build build) {}

        @Override
        public BuildpackRelease release(Build build) {
            return new BuildpackRelease(
                    List.of(new ProcessType("job", "true")), List.of("redistogo:small"), ConfigVars.empty());
        }
    }

    @Test
    void twoProvidersOfOneServiceAreRefused() {
        assertThatThrownBy(() -> Platform.builder()
                        .isolation(Isolation.NONE)
                        .addOnProvider(redis.provider())
                        .addOnProvider(redis.provider()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("redistogo");
    }
}
