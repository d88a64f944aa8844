package io.procmodel.addon.partner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import io.procmodel.addon.AttachmentNames;
import io.procmodel.error.InvalidValueException;
import io.procmodel.json.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a partner says about its service (Heroku: ADD-21): who it is, where it listens and which config vars it brings.
 * Immutable; it prints neither password nor salt.
 */
public final class AddOnManifest {
    private final String id;
    private final String password;
    private final String ssoSalt;
    private final String prefix;
    private final ImmutableList<String> configVars;
    private final ImmutableList<String> regions;
    private final String production;
    private final String test;

    private AddOnManifest(Map<String, @Nullable Object> manifest) {
        Map<String, @Nullable Object> api = JsonTree.object(manifest, "api");
        this.id = required(manifest, "id");
        this.password = required(api, "password");
        this.ssoSalt = JsonTree.text(api, "sso_salt").orElse("");
        this.prefix =
                AttachmentNames.check(JsonTree.text(api, "config_vars_prefix").orElse(AttachmentNames.prefixOf(id)));
        this.configVars = ImmutableList.copyOf(JsonTree.texts(api, "config_vars"));
        this.regions = ImmutableList.copyOf(JsonTree.texts(api, "regions"));
        this.production = baseUrl(api, "production");
        this.test = baseUrl(api, "test");
        check();
    }

    /**
     * Reads a manifest; fields that are not known are fine.
     *
     * @throws InvalidValueException if it is no JSON object, a field is missing, a config var does not begin with the id or
     *     the prefix, or production is not on https
     */
    public static AddOnManifest parse(String json) {
        try {
            return new AddOnManifest(JsonTree.object(json.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new InvalidValueException("add-on manifest", String.valueOf(e.getMessage()), "a JSON object");
        }
    }

    private static String required(Map<String, @Nullable Object> object, String name) {
        return JsonTree.text(object, name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new InvalidValueException("add-on manifest", name, "a text under that name"));
    }

    /** Old manifests have the address itself where newer ones have an object. */
    private static String baseUrl(Map<String, @Nullable Object> api, String environment) {
        return JsonTree.text(api, environment)
                .or(() -> JsonTree.text(JsonTree.object(api, environment), "base_url"))
                .orElse("");
    }

    private void check() {
        for (String key : configVars) {
            if (!key.startsWith(prefix + "_")) {
                throw new InvalidValueException("config var of add-on " + id, key, "a beginning of " + prefix + "_");
            }
        }
        if (!production.isEmpty() && !production.startsWith("https://")) {
            throw new InvalidValueException("production of add-on " + id, production, "an address on https");
        }
    }

    /** The service's id, which is its name and its user name. */
    public String id() {
        return id;
    }

    /** What its config vars begin with, without the underscore. */
    public String configPrefix() {
        return prefix;
    }

    /** The config vars that it may bring. */
    public List<String> configVars() {
        return configVars;
    }

    /** Where it can be, for example {@code amazon-web-services::us-east-1}. */
    public List<String> regions() {
        return regions;
    }

    /**
     * Where resources are ordered in production.
     *
     * @throws InvalidValueException if the manifest has no such address
     */
    public URI production() {
        return resources("production", production);
    }

    /** Where resources are ordered during a test, which need not be on https. */
    public URI test() {
        return resources("test", test);
    }

    private URI resources(String environment, String address) {
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            throw new InvalidValueException(environment + " of add-on " + id, address, "an address in the manifest");
        }
        URI base = URI.create(address);
        boolean bare = base.getPath().isEmpty() || base.getPath().equals("/");
        return bare ? base.resolve("/heroku/resources") : base;
    }

    String password() {
        return password;
    }

    /**
     * The token with which a user is signed on to the partner's own pages (Heroku: ADD-22): SHA-1, in hex, of the
     * resource's id, the salt and the time in seconds.
     */
    @SuppressWarnings("deprecation") // the protocol is what it is
    public String ssoToken(String resource, Instant at) {
        return Hashing.sha1()
                .hashString(resource + ":" + ssoSalt + ":" + at.getEpochSecond(), UTF_8)
                .toString();
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
