package io.procmodel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON of others, whose fields come in any order and number, as maps, lists, texts, numbers and truth values. */
public final class JsonTree {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonTree() {}

    /** The object that a text is; an IOException says where it is none, and quotes nothing of it. */
    public static Map<String, @Nullable Object> object(byte[] text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            Map<String, @Nullable Object> object = members(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IOException("malformed JSON at byte " + e.getLocation().getByteOffset());
        }
    }

    private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static List<@Nullable Object> elements(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    /** The text under a name, or empty if there is none or it is no text. */
    public static Optional<String> text(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The object under a name, or an empty one if there is none. */
    public static Map<String, @Nullable Object> object(Map<String, @Nullable Object> object, String name) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        if (object.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> inner.put(String.valueOf(key), value));
        }
        return inner;
    }

    /** The texts of the array under a name; none if there is no array. */
    public static List<String> texts(Map<String, @Nullable Object> object, String name) {
        List<String> texts = new ArrayList<>();
        if (object.get(name) instanceof List<?> list) {
            list.forEach(element -> texts.add(String.valueOf(element)));
        }
        return texts;
    }
}
