package io.procmodel.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.file.DurableFiles;
import io.procmodel.json.JsonFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;

/** The data keys of a ledger in a file of their own, sealed under the host key that the file names. */
final class KeyFile {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;
    private final SecureRandom random;

    KeyFile(Path path, SecureRandom random) {
        this.path = path;
        this.random = random;
    }

    private record Content(String hostKey, List<SealedBox> dataKeys) {}

    /**
     * Opens the data keys with the host keys at hand, the first being the one to seal them under from now on.
     *
     * @throws HostKeyException if none of them is the one that they are sealed under
     */
    ConfigVault open(List<HostKey> hostKeys) throws IOException {
        if (!Files.exists(path)) {
            return hostKeys.isEmpty() ? ConfigVault.plain() : renew(DataKeys.none(), hostKeys.get(0));
        }
        Content content = read();
        HostKey sealer = hostKeys.stream()
                .filter(key -> key.id().equals(content.hostKey))
                .findFirst()
                .orElseThrow(() -> missing(content.hostKey, hostKeys));
        DataKeys keys = DataKeys.open(content.dataKeys, sealer);
        return sealer == hostKeys.get(0) ? new ConfigVault(keys, random) : renew(keys, hostKeys.get(0));
    }

    private ConfigVault renew(DataKeys older, HostKey host) throws IOException {
        DataKeys keys = older.withNewKey(random);
        write(new Content(host.id(), keys.seal(host, random)));
        return new ConfigVault(keys, random);
    }

    private HostKeyException missing(String id, List<HostKey> hostKeys) {
        String given =
                hostKeys.isEmpty() ? "none" : hostKeys.stream().map(HostKey::id).collect(Collectors.joining(", "));
        return new HostKeyException(
                "host keys given: " + given + " (expected: " + id + ", which the config vars beside " + path
                        + " are encrypted under)",
                null);
    }

    private Content read() throws IOException {
        try (JsonFields fields = new JsonFields(Files.readAllBytes(path))) {
            fields.beginObject();
            Content content = new Content(fields.text("hostKey"), fields.list("dataKeys", SealedBox::read));
            fields.endObject();
            return content;
        }
    }

    private void write(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("hostKey", content.hostKey);
            json.writeArrayFieldStart("dataKeys");
            for (SealedBox box : content.dataKeys) {
                box.write(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        DurableFiles.replace(path, bytes.toByteArray());
    }
}
