package io.procmodel.addon.partner;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnRequest;
import io.procmodel.addon.AddOnResource;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.ProcModelException;
import io.procmodel.json.JsonTree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider that speaks the public partner protocol over HTTP (Heroku: ADD-19 to ADD-23): orders with POST, changes plans
 * with PUT, gives back with DELETE, signed with the manifest's id and password. An order carries the add-on's uuid, so that a
 * partner knows the same one when it comes again. A partner that answers 202 reports later, and the host passes that on to
 * {@code platform.addOns().provisioned(…)}. Thread-safe.
 */
public final class PartnerProvider implements AddOnProvider {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ACCEPTED = 202;

    private final AddOnManifest manifest;
    private final URI resources;
    private final ImmutableList<String> plans;
    private final Optional<URI> callback;
    private final PartnerClient client;

    private PartnerProvider(
            AddOnManifest manifest, URI resources, List<String> plans, Optional<URI> callback, PartnerOptions options) {
        this.manifest = manifest;
        this.resources = resources;
        this.plans = ImmutableList.copyOf(plans);
        this.callback = callback;
        this.client = new PartnerClient(manifest, options);
    }

    /**
     * A partner's service.
     *
     * @param resources where its resources are ordered: {@link AddOnManifest#production()} or {@link AddOnManifest#test()}
     * @param plans its plans, the default one first
     * @param callback where the host takes the partner's own calls, the add-on's uuid being appended; or empty
     */
    public static PartnerProvider of(
            AddOnManifest manifest, URI resources, List<String> plans, Optional<URI> callback, PartnerOptions options) {
        return new PartnerProvider(
                requireNonNull(manifest, "manifest"), requireNonNull(resources, "resources"), plans, callback, options);
    }

    @Override
    public String service() {
        return manifest.id();
    }

    @Override
    public List<String> plans() {
        return plans;
    }

    @Override
    public String configPrefix() {
        return manifest.configPrefix();
    }

    @Override
    public AddOnResource provision(AddOnRequest request) {
        String owner = owner(request.app().value());
        PartnerClient.Answer answer = client.send("POST", resources, json(json -> {
            json.writeStringField("uuid", request.uuid());
            json.writeStringField("heroku_id", owner);
            json.writeStringField("name", request.addOn());
            json.writeStringField("plan", request.plan());
            json.writeStringField("region", region());
            json.writeStringField(
                    "callback_url", callback.map(base -> base + request.uuid()).orElse(""));
            json.writeObjectFieldStart("options");
            for (Map.Entry<String, String> option : request.options().entrySet()) {
                json.writeStringField(option.getKey(), option.getValue());
            }
            json.writeEndObject();
        }));
        return made(answer, owner, request.uuid());
    }

    private String region() {
        return manifest.regions().isEmpty() ? "" : manifest.regions().get(0);
    }

    private static String owner(String app) {
        return app + "@procmodel";
    }

    /** What cannot be used is given back at once: only here its id is known. */
    private AddOnResource made(PartnerClient.Answer answer, String owner, String uuid) {
        if (answer.isGone()) {
            throw unexpected(answer);
        }
        String id = JsonTree.text(answer.body(), "id").orElse(uuid);
        try {
            if (id.contains(owner)) {
                throw new AddOnProviderException(service(), "its id for the resource holds the app's own id", null);
            }
            return resource(answer, id);
        } catch (ProcModelException e) {
            try {
                delete(id);
            } catch (ProcModelException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private AddOnResource resource(PartnerClient.Answer answer, String id) {
        String message = JsonTree.text(answer.body(), "message").orElse("");
        ConfigVars config = config(answer.body());
        return new AddOnResource(id, config, message, answer.status() != ACCEPTED);
    }

    private ConfigVars config(Map<String, @Nullable Object> body) {
        Map<String, String> config = new LinkedHashMap<>();
        JsonTree.object(body, "config").forEach((key, value) -> config.put(key, String.valueOf(value)));
        for (String key : config.keySet()) {
            if (!manifest.configVars().contains(key)) {
                throw new AddOnProviderException(
                        service(),
                        "it brought the config var " + key + " (expected: one of " + manifest.configVars() + ")",
                        null);
            }
        }
        return ConfigVars.of(config);
    }

    @Override
    public AddOnResource changePlan(AddOnResource resource, String plan) {
        PartnerClient.Answer answer =
                client.send("PUT", address(resource.id()), json(json -> json.writeStringField("plan", plan)));
        if (answer.isGone()) {
            throw new AddOnRefusedException(service(), "it does not know the resource any more");
        }
        AddOnResource changed = resource(answer, resource.id());
        return changed.config().isEmpty()
                ? new AddOnResource(resource.id(), resource.config(), changed.message(), true)
                : changed;
    }

    @Override
    public void deprovision(AddOnResource resource) {
        delete(resource.id());
    }

    private void delete(String id) {
        client.send("DELETE", address(id), "");
    }

    private URI address(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create(resources + "/" + encoded);
    }

    private AddOnProviderException unexpected(PartnerClient.Answer answer) {
        return new AddOnProviderException(service(), "status " + answer.status(), null);
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String json(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter throws none
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return service() + " " + plans;
    }
}
