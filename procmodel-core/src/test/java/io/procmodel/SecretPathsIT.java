package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRequest;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.partner.PartnerOptions;
import io.procmodel.addon.partner.PartnerProvider;
import io.procmodel.addon.partner.PartnerService;
import io.procmodel.build.Source;
import io.procmodel.release.HostKey;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A marked secret on every path but that of {@link SecretsIT}, on a platform with a host key: no text and no file holds it. */
@DisabledOnOs(OS.WINDOWS)
class SecretPathsIT {
    private static final String SECRET = "s3cr3t-value-that-must-not-print";
    private static final String CONFIG = "\"config\": {\"REDISTOGO_URL\": \"redis://" + SECRET + "\"}";

    @TempDir
    Path directory;

    private final SecretTrap trap = new SecretTrap();
    private final RecordingSink log = new RecordingSink();
    private PartnerService partner;
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() throws IOException {
        partner = new PartnerService();
        platform = platform();
        shop = platform.createApp("shop");
    }

    private Platform platform() {
        PartnerOptions patience =
                new PartnerOptions(Duration.ofSeconds(5), Duration.ofSeconds(30), 2, Duration.ofMillis(1));
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .hostKey(HostKey.of("one", new byte[32]))
                .subscriber(trap::add)
                .addOnProvider(AddOnProvider.named("store")
                        .plan("good", request -> made(request))
                        .plan("bad", SecretPathsIT::badKey)
                        .plan("foreign", request -> AddOnResource.of("OTHER_URL", SECRET))
                        .changePlan((resource, plan) -> AddOnResource.of("STORE_URL", "moved " + SECRET)))
                .addOnProvider(PartnerProvider.of(
                        partner.manifest(),
                        partner.manifest().test(),
                        List.of("nano", "small"),
                        Optional.empty(),
                        patience))
                .open();
    }

    private AddOnResource made(AddOnRequest request) {
        trap.add(request);
        return trap.given(() -> AddOnResource.of("STORE_URL", "store://" + SECRET));
    }

    private static AddOnResource badKey(AddOnRequest request) {
        return AddOnResource.of("STORE-URL", request.options().getOrDefault("password", SECRET));
    }

    /** What was logged, told and written, of all that a test did. */
    @AfterEach
    void nothingHoldsTheSecret() throws IOException {
        platform.close();
        platform = platform();
        platform.close();
        partner.close();
        trap.close();
        trap.requireNone(SECRET);
        assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
        assertThat(SecretTrap.files(directory, SECRET)).isEmpty();
    }

    private Source source(String procfile) throws IOException {
        return SampleSources.procfile(directory.resolve("source"), procfile);
    }

    @Test
    void configInBulkAndFromText() {
        trap.given(() -> shop.config().set(Map.of("ONE", SECRET, "TWO", SECRET)));
        trap.given(() -> shop.config().update(Map.of("ONE", Optional.empty(), "THREE", Optional.of(SECRET))));
        trap.given(() -> shop.config().importDotEnv("FOUR=" + SECRET + "\nFIVE=\"" + SECRET + "\"\n"));
        trap.see(() -> shop.config().importDotEnv("OK=1\nSIX=\"" + SECRET));
        trap.see(() -> shop.config().importDotEnv("1" + "BAD=" + SECRET));
        trap.see(() -> shop.config().importDotEnv("NUL=" + SECRET + "\0"));
        trap.see(() -> shop.config().update(Map.of("BAD KEY", Optional.of(SECRET))));
        trap.see(() -> shop.config().set("BIG", SECRET.repeat(4000)));
        assertThat(shop.config().exportDotEnv()).contains(SECRET);
        trap.given(() -> shop.config().vars());
        trap.given(() -> shop.releases().diff(1, 4));
        trap.given(() -> shop.releases().diff(4, 1).config());
        trap.given(() -> shop.releases().newest(3));
        trap.see(() -> shop.releases().rollback(2));
        trap.see(() -> shop.releases().rollback(77));
    }

    @Test
    void addOns() {
        AddOnOrder order = AddOnOrder.of("store:good").name("my-store").option("password", SECRET);
        trap.add(order);
        AddOn made = trap.given(() -> shop.addOns().add(order));
        trap.add(made.resource());
        for (String plan : List.of("store:bad", "store:foreign", "store:none")) {
            trap.see(() -> shop.addOns().add(AddOnOrder.of(plan).option("password", SECRET)));
        }
        App other = platform.createApp("other");
        trap.given(() -> other.addOns().attach("my-store", "CACHE"));
        trap.given(() -> shop.addOns().changePlan("my-store", "bad"));
        trap.given(() -> platform.addOns().configured("my-store", Map.of("STORE_URL", "new " + SECRET)));
        trap.see(() -> platform.addOns().configured("my-store", Map.of("ELSE", SECRET)));
        trap.see(() -> platform.addOns().configured("my-store", Map.of("STORE-URL", SECRET)));
        trap.see(() -> platform.addOns().provisioned("my-store", Map.of("STORE_URL", SECRET)));
        trap.see(() -> shop.config().set("STORE_URL", SECRET));
        trap.see(() -> shop.addOns().add(AddOnOrder.of("store:good").name("my-store")));
        trap.given(() -> shop.addOns().list());
        trap.given(() -> shop.addOns().attachments());
        trap.given(() -> platform.addOns().list());
        trap.given(() -> shop.releases().list());
        trap.given(() -> shop.releases().diff(1, 2));
        assertThat(shop.config().vars().asMap()).containsEntry("STORE_URL", "new " + SECRET);
        shop.addOns().destroy("my-store", "shop");
    }

    @Test
    void aPartnerOverHttp() {
        AddOnOrder order = AddOnOrder.of("redistogo:nano").name("my-redis").option("password", SECRET);
        partner.then(201, "{\"id\": \"r-1\", " + CONFIG + "}");
        trap.given(() -> shop.addOns().add(order));
        partner.then(200, "{\"config\": {\"REDISTOGO_URL\": \"" + SECRET);
        partner.then(200, "{\"config\": {\"REDISTOGO_URL\": \"" + SECRET);
        trap.see(() -> shop.addOns().changePlan("my-redis", "small"));
        partner.then(200, SECRET).then(500, SECRET);
        trap.see(() -> shop.addOns().changePlan("my-redis", "small"));
        partner.then(418, "{\"secret\": \"" + SECRET + "\"}");
        trap.see(() -> shop.addOns().changePlan("my-redis", "small"));
        AddOnOrder second = AddOnOrder.of("redistogo:nano").option("password", SECRET);
        partner.then(201, "{\"id\": \"r-2\", \"config\": {\"FOREIGN\": \"" + SECRET + "\"}}");
        trap.see(() -> shop.addOns().add(second));
        partner.then(201, "{\"id\": \"r-2\", \"config\": {\"REDISTOGO_URL\": \"" + SECRET + "\\u0000\"}}");
        trap.see(() -> shop.addOns().add(second));
        partner.then(201, "{\"id\": \"r-2\", \"config\": \"" + SECRET + "\"}");
        trap.see(() -> shop.addOns().add(second));
        partner.then(0, "").then(0, "");
        trap.see(() -> shop.addOns().add(second));
        trap.given(() -> platform.addOns().list());
    }

    @Test
    void pipelinesAppSetupAndReleaseCommands() throws IOException {
        App staging = platform.createApp("staging");
        staging.config().set("TOKEN", SECRET);
        shop.config().set("TOKEN", "other " + SECRET);
        staging.deploy(source("job: true\n"));
        Pipeline line = platform.pipeline("line");
        line.add(staging, PipelineStage.STAGING);
        line.add(shop, PipelineStage.PRODUCTION);
        trap.add(line);
        trap.given(() -> line.diff(staging));
        trap.given(() -> line.promote(staging));
        trap.given(() -> line.diff(staging).values().iterator().next().config());

        Release failed = trap.given(() -> shop.deploy(source("release: [ -n \"$TOKEN\" ] && exit 3\njob: true\n")));
        assertThat(failed.status()).isEqualTo(ReleaseStatus.FAILED);
        trap.given(() -> shop.releases().output(failed.version()));
        trap.given(() -> shop.releases().retry());
        trap.see(() -> shop.releases().rollback());
        trap.given(() -> shop.run("exit 1").env("MORE", SECRET).capture(Duration.ofSeconds(60)));
        trap.see(() -> shop.run("true").env("BAD KEY", SECRET).capture(Duration.ofSeconds(60)));
        trap.add(shop.run("true").env("MORE", SECRET));

        Path setup = Files.createDirectories(directory.resolve("source"));
        Files.writeString(setup.resolve("app.json"), "{\"env\": {\"TOKEN\": {\"required\": true}}}");
        trap.see(() -> platform.setUp("third", source("job: true\n")).create());
        trap.see(() -> platform.setUp("third", source("job: true\n"))
                .env("TOKEN", SECRET)
                .env("BAD KEY", SECRET)
                .create());
        AppSetup good = platform.setUp("fourth", source("job: true\n")).env("TOKEN", SECRET);
        trap.add(good);
        App fourth = trap.given(good::create);
        assertThat(fourth.config().vars().asMap()).containsEntry("TOKEN", SECRET);
    }
}
