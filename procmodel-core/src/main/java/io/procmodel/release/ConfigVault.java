package io.procmodel.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.config.ConfigVars;
import io.procmodel.json.JsonFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * How config vars stand in a record: in the field {@code config} as they are, or in the field {@code sealed} encrypted,
 * with the id of the data key. Records of both kinds may follow each other. Thread-safe.
 */
final class ConfigVault {
    private static final JsonFactory JSON = new JsonFactory();

    private final Supplier<DataKeys> reload;
    private volatile DataKeys keys;
    private final Optional<SecureRandom> sealing;

    private ConfigVault(DataKeys keys, Optional<SecureRandom> sealing, Supplier<DataKeys> reload) {
        this.keys = keys;
        this.sealing = sealing;
        this.reload = reload;
    }

    /**
     * A vault that seals under the newest of {@code keys}.
     *
     * @param reload gives the keys as they are kept now, to be asked for one that is not known
     */
    ConfigVault(DataKeys keys, SecureRandom random, Supplier<DataKeys> reload) {
        this(keys, Optional.of(random), reload);
    }

    /** A vault that leaves config vars as they are. */
    static ConfigVault plain() {
        return new ConfigVault(DataKeys.none(), Optional.empty(), DataKeys::none);
    }

    void write(JsonGenerator json, int version, ConfigVars config) throws IOException {
        if (sealing.isEmpty()) {
            json.writeFieldName("config");
            writePlain(json, config);
            return;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (JsonGenerator inner = JSON.createGenerator(plain)) {
            writePlain(inner, config);
        }
        String id = keys.newestId();
        json.writeFieldName("sealed");
        SealedBox.seal(id, key(id), sealing.get(), place(version), plain.toByteArray())
                .write(json);
    }

    private static void writePlain(JsonGenerator json, ConfigVars config) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> entry : config.asMap().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    ConfigVars read(JsonFields fields, int version) throws IOException {
        if (fields.atField("config")) {
            fields.field("config");
            return readPlain(fields);
        }
        fields.field("sealed");
        SealedBox box = SealedBox.read(fields);
        try (JsonFields inner = new JsonFields(box.open(key(box.keyId()), place(version)))) {
            return readPlain(inner);
        } catch (AEADBadTagException e) {
            throw new IOException("its config vars do not open with data key " + box.keyId(), e);
        }
    }

    private static ConfigVars readPlain(JsonFields fields) throws IOException {
        fields.beginObject();
        Map<String, String> vars = new LinkedHashMap<>();
        while (fields.atField()) {
            vars.put(fields.fieldName(), fields.text());
        }
        fields.endObject();
        return ConfigVars.of(vars);
    }

    private SecretKey key(String id) {
        if (keys.key(id).isEmpty()) {
            keys = reload.get();
        }
        return keys.key(id)
                .orElseThrow(() -> new HostKeyException(
                        "data key " + id + " is not in the key file (expected: the key file of this ledger)", null));
    }

    private static String place(int version) {
        return "procmodel config of v" + version;
    }
}
