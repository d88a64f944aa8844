package io.procmodel.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of a JSON text in the order in which they were written; anything else is an error. */
final class JsonFields implements Closeable {
    // Where a text is wrong is said by offset, never by quoting it: it may hold config values.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;

    JsonFields(byte[] bytes) throws IOException {
        parser = JSON.createParser(bytes);
        parser.nextToken();
    }

    /** Reads one element of an array or the value of one field. */
    interface Value<T> {
        T read(JsonFields fields) throws IOException;
    }

    /** Steps into an object, whose fields are read next. */
    void beginObject() throws IOException {
        expect(JsonToken.START_OBJECT);
    }

    /** Steps out of an object that has no further field. */
    void endObject() throws IOException {
        expect(JsonToken.END_OBJECT);
    }

    boolean atField(String name) throws IOException {
        return parser.currentToken() == JsonToken.FIELD_NAME && name.equals(parser.currentName());
    }

    boolean atField() {
        return parser.currentToken() == JsonToken.FIELD_NAME;
    }

    /** The name of the present field; its value is read next. */
    String fieldName() throws IOException {
        String name = parser.currentName();
        expect(JsonToken.FIELD_NAME);
        return name;
    }

    void field(String name) throws IOException {
        if (!atField(name)) {
            throw new IOException("no field \"" + name + "\"");
        }
        parser.nextToken();
    }

    String text() throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        expect(JsonToken.VALUE_STRING);
        return text;
    }

    String text(String field) throws IOException {
        field(field);
        return text();
    }

    long number(String field) throws IOException {
        field(field);
        long number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
        expect(JsonToken.VALUE_NUMBER_INT);
        return number;
    }

    int version(String field) throws IOException {
        return Math.toIntExact(number(field));
    }

    <T> List<T> list(String field, Value<T> element) throws IOException {
        field(field);
        expect(JsonToken.START_ARRAY);
        List<T> elements = new ArrayList<>();
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            elements.add(element.read(this));
        }
        parser.nextToken();
        return elements;
    }

    private void expect(JsonToken token) throws IOException {
        if (parser.currentToken() != token) {
            throw new IOException(parser.currentToken() + " instead of " + token);
        }
        parser.nextToken();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
