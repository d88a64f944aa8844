package io.procmodel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of a JSON text in the order in which they were written; anything else is an error. */
public final class JsonFields implements Closeable {
    // Where a text is wrong is said by offset, never by quoting it: it may hold config values.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;

    /** Begins with the first token of {@code bytes}. */
    public JsonFields(byte[] bytes) throws IOException {
        parser = JSON.createParser(bytes);
        parser.nextToken();
    }

    /** Reads one element of an array or the value of one field. */
    public interface Value<T> {
        /** Reads it; the next token is the one after it. */
        T read(JsonFields fields) throws IOException;
    }

    /** Steps into an object, whose fields are read next. */
    public void beginObject() throws IOException {
        expect(JsonToken.START_OBJECT);
    }

    /** Steps out of an object that has no further field. */
    public void endObject() throws IOException {
        expect(JsonToken.END_OBJECT);
    }

    /** Whether a field of that name is next. */
    public boolean atField(String name) throws IOException {
        return parser.currentToken() == JsonToken.FIELD_NAME && name.equals(parser.currentName());
    }

    /** Whether any field is next. */
    public boolean atField() {
        return parser.currentToken() == JsonToken.FIELD_NAME;
    }

    /** The name of the present field; its value is read next. */
    public String fieldName() throws IOException {
        String name = parser.currentName();
        expect(JsonToken.FIELD_NAME);
        return name;
    }

    /** Steps over the name of a field, which must be {@code name}. */
    public void field(String name) throws IOException {
        if (!atField(name)) {
            throw new IOException("no field \"" + name + "\"");
        }
        parser.nextToken();
    }

    /** Reads a text. */
    public String text() throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        expect(JsonToken.VALUE_STRING);
        return text;
    }

    /** Reads a field that is a text. */
    public String text(String field) throws IOException {
        field(field);
        return text();
    }

    /** Reads a field that is a whole number. */
    public long number(String field) throws IOException {
        field(field);
        long number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
        expect(JsonToken.VALUE_NUMBER_INT);
        return number;
    }

    /** Reads a field that is a whole number of no more than 32 bits. */
    public int version(String field) throws IOException {
        return Math.toIntExact(number(field));
    }

    /** Reads a field that is true or false. */
    public boolean flag(String field) throws IOException {
        field(field);
        boolean flag = parser.currentToken() == JsonToken.VALUE_TRUE;
        expect(flag ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE);
        return flag;
    }

    /** Reads a field that is an array. */
    public <T> List<T> list(String field, Value<T> element) throws IOException {
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
