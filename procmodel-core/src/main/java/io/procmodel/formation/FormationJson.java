package io.procmodel.formation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.procmodel.error.InvalidValueException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formation as JSON: {@code {"format":1,"formation":[{"type":"web","quantity":2,"size":"Standard-1X"}]}}. */
final class FormationJson {
    private static final int FORMAT = 1;

    private FormationJson() {}

    static byte[] write(JsonFactory json, Formation formation) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            out.writeNumberField("format", FORMAT);
            out.writeArrayFieldStart("formation");
            for (FormationEntry entry : formation.entries()) {
                out.writeStartObject();
                out.writeStringField("type", entry.type());
                out.writeNumberField("quantity", entry.quantity());
                out.writeStringField("size", entry.size().toString());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #write} wrote, perhaps on a host with other sizes; an IOException says what is damaged. */
    static Formation read(JsonFactory json, DynoSizes sizes, byte[] bytes) throws IOException {
        try (JsonParser in = json.createParser(bytes)) {
            expect(in, JsonToken.START_OBJECT, null);
            expect(in, JsonToken.VALUE_NUMBER_INT, "format");
            if (in.getIntValue() != FORMAT) {
                throw new IOException("format " + in.getIntValue() + " (expected: " + FORMAT + ")");
            }
            expect(in, JsonToken.START_ARRAY, "formation");
            List<FormationEntry> entries = new ArrayList<>();
            while (in.nextToken() == JsonToken.START_OBJECT) {
                entries.add(entry(in, sizes));
            }
            expect(in, JsonToken.END_OBJECT, null);
            return Formation.of(entries);
        } catch (InvalidValueException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static FormationEntry entry(JsonParser in, DynoSizes sizes) throws IOException {
        expect(in, JsonToken.VALUE_STRING, "type");
        String type = in.getText();
        expect(in, JsonToken.VALUE_NUMBER_INT, "quantity");
        int quantity = in.getIntValue();
        expect(in, JsonToken.VALUE_STRING, "size");
        DynoSize size = sizes.stored(in.getText());
        expect(in, JsonToken.END_OBJECT, null);
        return new FormationEntry(type, quantity, size);
    }

    private static void expect(JsonParser in, JsonToken token, @Nullable String field) throws IOException {
        if (field != null && !field.equals(in.nextFieldName())) {
            throw new IOException(
                    "damaged near " + in.currentLocation().offsetDescription() + " (expected: \"" + field + "\")");
        }
        if (in.nextToken() != token) {
            throw new IOException(
                    "damaged near " + in.currentLocation().offsetDescription() + " (expected: " + token + ")");
        }
    }
}
