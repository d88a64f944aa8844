package io.procmodel.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.addon.Attachment;
import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.Slug;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Releases and changes of status as JSON: the same content gives the same bytes. The first three fields are those of
 * {@link RecordHead}, in a fixed order.
 */
final class RecordWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final ConfigVault vault;

    RecordWriter(ConfigVault vault) {
        this.vault = vault;
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** A release whose config vars stand in the record of {@code configVersion}, itself or an earlier one. */
    byte[] release(Release release, int configVersion) {
        return record(RecordHead.Kind.RELEASE, release.version(), release.status(), json -> {
            json.writeStringField("at", release.createdAt().toString());
            json.writeStringField("by", release.author());
            json.writeStringField("description", release.description());
            if (release.slug().isPresent()) {
                json.writeFieldName("slug");
                slug(json, release.slug().get());
            }
            json.writeFieldName("attachments");
            attachments(json, release.attachments());
            json.writeNumberField("configOf", configVersion);
            if (configVersion == release.version()) {
                vault.write(json, release.version(), release.config());
            }
        });
    }

    /** A change of status of a release. */
    byte[] status(int version, ReleaseStatus status, Instant at) {
        return record(RecordHead.Kind.STATUS, version, status, json -> json.writeStringField("at", at.toString()));
    }

    private static byte[] record(RecordHead.Kind kind, int version, ReleaseStatus status, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("record", kind.name());
            json.writeNumberField("version", version);
            json.writeStringField("status", status.name());
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new InvalidValueException("release", "v" + version, "texts that are well-formed Unicode");
        }
        if (bytes.size() > Frame.MAX_PAYLOAD) {
            throw new InvalidValueException(
                    "release", bytes.size() + " bytes", "at most " + Frame.MAX_PAYLOAD + " bytes");
        }
        return bytes.toByteArray();
    }

    private static void slug(JsonGenerator json, Slug slug) throws IOException {
        json.writeStartObject();
        json.writeStringField("digest", slug.digest().toString());
        json.writeNumberField("archiveBytes", slug.archiveBytes());
        json.writeNumberField("unpackedBytes", slug.unpackedBytes());
        json.writeArrayFieldStart("processTypes");
        for (ProcessType type : slug.processTypes()) {
            json.writeStartObject();
            json.writeStringField("name", type.name());
            json.writeStringField("command", type.command());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void attachments(JsonGenerator json, List<Attachment> attachments) throws IOException {
        json.writeStartArray();
        for (Attachment attachment : attachments) {
            json.writeStartObject();
            json.writeStringField("name", attachment.name());
            json.writeStringField("addOn", attachment.addOn());
            json.writeStringField("plan", attachment.plan());
            json.writeArrayFieldStart("configKeys");
            for (String key : attachment.configKeys()) {
                json.writeString(key);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
