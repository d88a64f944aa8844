package io.procmodel.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigTooLargeException;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.json.JsonFields;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugDigest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what {@link RecordWriter} wrote. Errors quote nothing of the record, which may hold config values. */
final class RecordReader {
    private final ConfigVault vault;

    RecordReader(ConfigVault vault) {
        this.vault = vault;
    }

    /** Gives the config vars that stand in an earlier record. */
    interface EarlierConfig {
        ConfigVars of(int version) throws IOException;
    }

    private interface Content<T> {
        T read(JsonFields fields) throws IOException;
    }

    /** The first fields of a record. */
    static RecordHead head(byte[] payload) throws IOException {
        return parse(payload, RecordReader::head);
    }

    /** The whole of a release's record. */
    Release release(byte[] payload, EarlierConfig earlier) throws IOException {
        return parse(payload, fields -> {
            RecordHead head = head(fields);
            Instant at = Instant.parse(fields.text("at"));
            String author = fields.text("by");
            String description = fields.text("description");
            Optional<Slug> slug = fields.atField("slug") ? Optional.of(slug(fields)) : Optional.empty();
            List<Attachment> attachments = fields.list("attachments", RecordReader::attachment);
            ConfigVars config = config(fields, head.version(), earlier);
            fields.endObject();
            return new Release(head.version(), head.status(), at, author, description, slug, config, attachments);
        });
    }

    private static <T> T parse(byte[] payload, Content<T> content) throws IOException {
        try (JsonFields fields = new JsonFields(payload)) {
            return content.read(fields);
        } catch (JsonProcessingException e) {
            // without its message, which quotes what it found
            throw new IOException("malformed JSON at byte " + e.getLocation().getByteOffset());
        } catch (DateTimeException
                | IllegalArgumentException
                | ArithmeticException
                | InvalidValueException
                | ConfigTooLargeException e) {
            throw new IOException("a field has an impossible value", e);
        }
    }

    private static RecordHead head(JsonFields fields) throws IOException {
        fields.beginObject();
        RecordHead.Kind kind = RecordHead.Kind.valueOf(fields.text("record"));
        int version = fields.version("version");
        return new RecordHead(kind, version, ReleaseStatus.valueOf(fields.text("status")));
    }

    private static Slug slug(JsonFields fields) throws IOException {
        fields.field("slug");
        fields.beginObject();
        Slug slug = new Slug(
                SlugDigest.parse(fields.text("digest")),
                fields.number("archiveBytes"),
                fields.number("unpackedBytes"),
                fields.list("processTypes", RecordReader::processType));
        fields.endObject();
        return slug;
    }

    private static ProcessType processType(JsonFields fields) throws IOException {
        fields.beginObject();
        ProcessType type = new ProcessType(fields.text("name"), fields.text("command"));
        fields.endObject();
        return type;
    }

    private static Attachment attachment(JsonFields fields) throws IOException {
        fields.beginObject();
        Attachment attachment = new Attachment(
                fields.text("name"),
                fields.text("addOn"),
                fields.text("plan"),
                fields.list("configKeys", JsonFields::text));
        fields.endObject();
        return attachment;
    }

    private ConfigVars config(JsonFields fields, int version, EarlierConfig earlier) throws IOException {
        int holder = fields.version("configOf");
        if (holder != version) {
            if (holder < 1 || holder > version) {
                throw new IOException("its config vars stand nowhere");
            }
            return earlier.of(holder);
        }
        return vault.read(fields, version);
    }
}
