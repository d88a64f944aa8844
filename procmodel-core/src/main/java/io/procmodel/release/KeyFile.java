package io.procmodel.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.error.StorageException;
import io.procmodel.json.JsonFields;
import java.io.IOException;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The data keys of a ledger, sealed under the host key that is named beside them. */
final class KeyFile {
    private static final JsonFactory JSON = new JsonFactory();

    private final KeyPlace place;
    private final SecureRandom random;

    KeyFile(KeyPlace place, SecureRandom random) {
        this.place = place;
        this.random = random;
    }

    private record Content(String hostKey, List<SealedBox> dataKeys) {}

    /**
     * Opens the data keys with the host keys at hand, the first being the one to seal them under from now on.
     *
     * @throws HostKeyException if none of them is the one that they are sealed under
     */
    ConfigVault open(List<HostKey> hostKeys) throws IOException {
        while (true) {
            Optional<String> kept = place.load();
            if (kept.isEmpty() && hostKeys.isEmpty()) {
                return ConfigVault.plain();
            }
            DataKeys keys = kept.isEmpty() ? DataKeys.none() : unseal(kept.get(), hostKeys);
            HostKey first = hostKeys.get(0);
            if (kept.isPresent() && read(kept.get()).hostKey.equals(first.id())) {
                return new ConfigVault(keys, random, () -> reload(hostKeys));
            }
            DataKeys renewed = keys.withNewKey(random);
            if (place.replace(kept, write(new Content(first.id(), renewed.seal(first, random))))) {
                return new ConfigVault(renewed, random, () -> reload(hostKeys));
            }
        }
    }

    private DataKeys unseal(String kept, List<HostKey> hostKeys) throws IOException {
        Content content = read(kept);
        HostKey sealer = hostKeys.stream()
                .filter(key -> key.id().equals(content.hostKey))
                .findFirst()
                .orElseThrow(() -> missing(content.hostKey, hostKeys));
        return DataKeys.open(content.dataKeys, sealer);
    }

    /** Another host may have made a new data key meanwhile. */
    private DataKeys reload(List<HostKey> hostKeys) {
        try {
            Optional<String> kept = place.load();
            return kept.isEmpty() ? DataKeys.none() : unseal(kept.get(), hostKeys);
        } catch (IOException e) {
            throw new StorageException("read", "the keys beside " + place, e);
        }
    }

    private HostKeyException missing(String id, List<HostKey> hostKeys) {
        String given =
                hostKeys.isEmpty() ? "none" : hostKeys.stream().map(HostKey::id).collect(Collectors.joining(", "));
        return new HostKeyException(
                "host keys given: " + given + " (expected: " + id + ", which the config vars beside " + place
                        + " are encrypted under)",
                null);
    }

    private static Content read(String kept) throws IOException {
        try (JsonFields fields = new JsonFields(kept.getBytes(UTF_8))) {
            fields.beginObject();
            Content content = new Content(fields.text("hostKey"), fields.list("dataKeys", SealedBox::read));
            fields.endObject();
            return content;
        }
    }

    private static String write(Content content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("hostKey", content.hostKey);
            json.writeArrayFieldStart("dataKeys");
            for (SealedBox box : content.dataKeys) {
                box.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }
}
