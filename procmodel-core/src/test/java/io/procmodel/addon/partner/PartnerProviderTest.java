package io.procmodel.addon.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnRequest;
import io.procmodel.addon.AddOnResource;
import io.procmodel.error.InvalidValueException;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerProviderTest {
    private static final String MADE =
            "{\"id\": \"r-1\", \"config\": {\"REDISTOGO_URL\": \"redis://s3cret\"}, \"message\": \"hi\", \"new\": 1}";
    private static final PartnerOptions PATIENT =
            new PartnerOptions(Duration.ofSeconds(5), Duration.ofSeconds(30), 3, Duration.ofMillis(1));

    private PartnerService service;
    private PartnerProvider provider;

    @BeforeEach
    void start() throws IOException {
        service = new PartnerService();
        provider = provider(service.manifest(), PATIENT);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static PartnerProvider provider(AddOnManifest manifest, PartnerOptions options) {
        return PartnerProvider.of(
                manifest,
                manifest.test(),
                List.of("nano", "small"),
                Optional.of(URI.create("https://host.example/addons/")),
                options);
    }

    private static AddOnRequest request() {
        return new AddOnRequest(AppName.of("shop"), "redistogo-curly-1", "uuid-1", "nano", Map.of("version", "7"));
    }

    private static AddOnResource resource() {
        return AddOnResource.of("REDISTOGO_URL", "redis://old").id("r/1 ü");
    }

    /** ADD-19, ADD-23: basic auth, one uuid, unknown fields tolerated. */
    @Test
    void ordersWithOneRequest() {
        service.then(201, MADE);
        AddOnResource made = provider.provision(request());

        assertThat(made.id()).isEqualTo("r-1");
        assertThat(made.config().asMap()).containsExactly(Map.entry("REDISTOGO_URL", "redis://s3cret"));
        assertThat(made.message()).isEqualTo("hi");
        assertThat(made.ready()).isTrue();
        assertThat(made.toString()).doesNotContain("s3cret");
        assertThat(service.requests)
                .containsExactly("POST /heroku/resources {\"uuid\":\"uuid-1\",\"heroku_id\":\"shop@procmodel\","
                        + "\"name\":\"redistogo-curly-1\",\"plan\":\"nano\",\"region\":\"us\","
                        + "\"callback_url\":\"https://host.example/addons/uuid-1\",\"options\":{\"version\":\"7\"}}");
    }

    /** ADD-19. */
    @Test
    void changesPlansAndGivesBack() {
        service.then(200, "{\"config\": {\"REDISTOGO_URL\": \"redis://new\"}, \"message\": \"moved\"}")
                .then(200, "{}")
                .then(200, "")
                .then(410, "");
        AddOnResource changed = provider.changePlan(resource(), "small");
        assertThat(changed.config().asMap()).containsExactly(Map.entry("REDISTOGO_URL", "redis://new"));
        assertThat(changed.id()).isEqualTo(resource().id());
        assertThat(provider.changePlan(resource(), "small").config())
                .isEqualTo(resource().config());
        provider.deprovision(resource());
        provider.deprovision(resource());

        assertThat(service.requests)
                .containsExactly(
                        "PUT /heroku/resources/r%2F1%20%C3%BC {\"plan\":\"small\"}",
                        "PUT /heroku/resources/r%2F1%20%C3%BC {\"plan\":\"small\"}",
                        "DELETE /heroku/resources/r%2F1%20%C3%BC ",
                        "DELETE /heroku/resources/r%2F1%20%C3%BC ");
    }

    /** ADD-23: 202 says later. */
    @Test
    void anAcceptedOrderIsReadyLater() {
        service.then(202, "{\"id\": \"r-1\", \"message\": \"soon\"}");

        assertThat(provider.provision(request()).ready()).isFalse();
    }

    /** ADD-20. */
    @ParameterizedTest
    @ValueSource(ints = {422, 503})
    void aRefusalIsNotTriedAgain(int status) {
        service.then(status, "{\"message\": \"sold out\"}");

        assertThatThrownBy(() -> provider.provision(request()))
                .isInstanceOf(AddOnRefusedException.class)
                .hasMessage("add-on redistogo: sold out");
        assertThat(service.requests).hasSize(1);
    }

    /** ADD-23: at least once, with the same uuid. */
    @Test
    void triesAgainWhenTheServiceIsOutOfOrder() {
        service.then(500, "oops").then(0, "").then(200, MADE);

        assertThat(provider.provision(request()).id()).isEqualTo("r-1");
        assertThat(service.requests).hasSize(3);
        assertThat(service.requests.stream().distinct()).hasSize(1);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        service.then(503, "").then(502, "").then(500, "").then(200, MADE);

        assertThatThrownBy(() -> provider.provision(request()))
                .isInstanceOf(AddOnProviderException.class)
                .hasMessageContaining("status 500")
                .hasMessageContaining("attempt 3");
        assertThat(service.requests).hasSize(3);
    }

    @Test
    void doesNotWaitForEver() {
        PartnerOptions hasty = new PartnerOptions(Duration.ofSeconds(5), Duration.ofMillis(200), 1, Duration.ZERO);
        service.then(-1, "");

        assertThatThrownBy(() -> provider(service.manifest(), hasty).provision(request()))
                .isInstanceOf(AddOnProviderException.class)
                .hasMessageContaining("POST /heroku/resources");
    }

    @Test
    void saysWhenThePasswordIsWrongAndNeverPrintsIt() {
        AddOnManifest wrong = service.manifest("wr0ng");

        assertThatThrownBy(() -> provider(wrong, PATIENT).provision(request()))
                .isInstanceOf(AddOnProviderException.class)
                .hasMessageContaining("status 401")
                .hasMessageNotContaining("wr0ng");
        assertThat(wrong.toString() + provider(wrong, PATIENT)).doesNotContain("wr0ng");
        assertThat(service.requests).hasSize(1);
    }

    /** ADD-21: what was made and cannot be used is given back at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"r-1\", \"config\": {\"OTHER_URL\": \"s3cret\"}}",
                "{\"id\": \"r-shop@procmodel\", \"config\": {}}",
                "{\"id\": \"r-1\", \"config\": {\"REDISTOGO_URL\": \"s3cret\\u0000\"}}"
            })
    void whatBreaksTheManifestIsGivenBack(String body) {
        service.then(200, body).then(200, "");

        assertThatThrownBy(() -> provider.provision(request()))
                .isInstanceOfAny(AddOnProviderException.class, InvalidValueException.class)
                .hasMessageNotContaining("s3cret");
        assertThat(service.requests.get(1)).startsWith("DELETE /heroku/resources/r-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "{} {}", "not json s3cret"})
    void anAnswerThatIsNoJsonIsAnErrorThatQuotesNothing(String body) {
        service.then(200, body).then(200, body).then(200, body);

        assertThatThrownBy(() -> provider.provision(request()))
                .isInstanceOf(AddOnProviderException.class)
                .hasMessageNotContaining("s3cret");
    }

    /** ADD-21. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"name\": \"no id\"}",
                "{\"id\": \"redistogo\", \"api\": {}}",
                "{\"id\": \"redistogo\", \"api\": {\"password\": \"x\", \"config_vars\": [\"OTHER_URL\"]}}",
                "{\"id\": \"redistogo\", \"api\": {\"password\": \"x\", \"config_vars\": [\"redistogo_URL\"]}}",
                "{\"id\": \"redistogo\", \"api\": {\"password\": \"x\", \"production\": \"http://plain.example\"}}"
            })
    void aManifestIsChecked(String manifest) {
        assertThatThrownBy(() -> AddOnManifest.parse(manifest)).isInstanceOf(InvalidValueException.class);
    }

    /** ADD-21, ADD-22. */
    @Test
    void aManifestSaysWhereAndWho() {
        AddOnManifest manifest = AddOnManifest.parse(
                "{\"id\": \"my-redis\", \"api\": {\"password\": \"x\","
                        + " \"sso_salt\": \"salt\", \"config_vars\": [\"MY_REDIS_URL\"], \"production\": \"https://a.example/x\"}}");

        assertThat(manifest.configPrefix()).isEqualTo("MY_REDIS");
        assertThat(manifest.production()).isEqualTo(URI.create("https://a.example/x"));
        assertThatThrownBy(manifest::test).isInstanceOf(InvalidValueException.class);
        // printf '1:salt:1267597772' | sha1sum
        assertThat(manifest.ssoToken("1", Instant.ofEpochSecond(1_267_597_772)))
                .isEqualTo("78c14cded4e41d9b355abed496044b40af7c6962");
    }
}
