package io.procmodel.addon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.json.JsonFields;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The add-ons of an app as JSON. */
final class AddOnJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FORMAT = 1;

    private AddOnJson() {}

    static String write(List<AddOn> addOns) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeArrayFieldStart("addOns");
            for (AddOn addOn : addOns) {
                write(json, addOn);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, AddOn addOn) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", addOn.name());
        json.writeStringField("uuid", addOn.uuid());
        json.writeStringField("plan", addOn.plan().toString());
        json.writeStringField("state", addOn.state().name());
        json.writeStringField("createdAt", addOn.createdAt().toString());
        json.writeStringField("updatedAt", addOn.updatedAt().toString());
        json.writeStringField("id", addOn.resource().id());
        json.writeStringField("message", addOn.resource().message());
        json.writeBooleanField("ready", addOn.resource().ready());
        json.writeObjectFieldStart("config");
        for (Map.Entry<String, String> var : addOn.resource().config().asMap().entrySet()) {
            json.writeStringField(var.getKey(), var.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Reads what {@link #write} wrote; an IOException says what is damaged and quotes nothing. */
    static List<AddOn> read(AppName app, String text) throws IOException {
        try (JsonFields fields = new JsonFields(text.getBytes(UTF_8))) {
            fields.beginObject();
            long format = fields.number("format");
            if (format != FORMAT) {
                throw new IOException("format " + format + " (expected: " + FORMAT + ")");
            }
            List<AddOn> addOns = fields.list("addOns", element -> addOn(app, element));
            fields.endObject();
            return addOns;
        } catch (InvalidValueException | DateTimeException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static AddOn addOn(AppName app, JsonFields fields) throws IOException {
        fields.beginObject();
        String name = fields.text("name");
        String uuid = fields.text("uuid");
        PlanName plan = PlanName.parse(fields.text("plan"));
        AddOnState state = AddOnState.valueOf(fields.text("state"));
        Instant createdAt = Instant.parse(fields.text("createdAt"));
        Instant updatedAt = Instant.parse(fields.text("updatedAt"));
        AddOnResource resource = resource(fields);
        fields.endObject();
        return new AddOn(name, uuid, app, plan, state, resource, createdAt, updatedAt);
    }

    private static AddOnResource resource(JsonFields fields) throws IOException {
        String id = fields.text("id");
        String message = fields.text("message");
        boolean ready = fields.flag("ready");
        fields.field("config");
        fields.beginObject();
        Map<String, String> config = new LinkedHashMap<>();
        while (fields.atField()) {
            config.put(fields.fieldName(), fields.text());
        }
        fields.endObject();
        return new AddOnResource(id, ConfigVars.of(config), message, ready);
    }
}
