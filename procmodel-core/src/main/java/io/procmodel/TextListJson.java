package io.procmodel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A list of texts as a JSON array, for app state. */
final class TextListJson {
    private TextListJson() {}

    static String write(JsonFactory factory, List<String> texts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartArray();
            for (String item : texts) {
                json.writeString(item);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static List<String> read(JsonFactory factory, String text) {
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        try (JsonParser json = factory.createParser(text)) {
            requireToken(json.nextToken(), JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                requireToken(json.currentToken(), JsonToken.VALUE_STRING);
                texts.add(json.getText());
            }
            return texts.build();
        } catch (IOException e) {
            throw new ProcModelException("app state: " + e.getMessage() + " (expected: a JSON array of texts)", e);
        }
    }

    private static void requireToken(JsonToken actual, JsonToken expected) throws IOException {
        if (actual != expected) {
            throw new IOException("found " + actual + " in place of " + expected);
        }
    }
}
