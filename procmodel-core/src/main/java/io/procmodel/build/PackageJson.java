package io.procmodel.build;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a {@code package.json} which a build cares about: texts, and objects of texts; the rest is not kept. */
final class PackageJson {
    static final String FILE_NAME = "package.json";

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Map<String, String>> parts = new HashMap<>();

    private PackageJson() {}

    /**
     * Reads the file at the root of an app.
     *
     * @throws BuildException if it is not a JSON object
     */
    static PackageJson read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BuildException(FILE_NAME + ": no JSON object (expected: an object, as npm reads it)");
            }
            PackageJson read = new PackageJson();
            read.fill(json);
            return read;
        } catch (JsonProcessingException e) {
            throw new BuildException(FILE_NAME + ":" + position(e) + ": " + e.getOriginalMessage()
                    + " (expected: a JSON object, as npm reads it)");
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? "1:1"
                : e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
    }

    private void fill(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            parts.put(name, value == JsonToken.START_OBJECT ? object(json) : Map.of());
            if (value == JsonToken.VALUE_STRING) {
                texts.put(name, json.getText());
            }
            json.skipChildren();
        }
    }

    /** The names of an object, with those values that are texts, and nothing for the others. */
    private static Map<String, String> object(JsonParser json) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            values.put(name, json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : "");
            json.skipChildren();
        }
        return ImmutableMap.copyOf(values);
    }

    /** Whether there is something to install at run time. */
    boolean hasDependencies() {
        return parts.containsKey("workspaces")
                || !part("dependencies").isEmpty()
                || !part("optionalDependencies").isEmpty();
    }

    /** Whether there is something to install for the build. */
    boolean hasDevelopmentDependencies() {
        return !part("devDependencies").isEmpty();
    }

    boolean hasScript(String name) {
        return part("scripts").containsKey(name);
    }

    /** What {@code engines} says of a tool. */
    Optional<String> engine(String tool) {
        return Optional.ofNullable(part("engines").get(tool)).filter(range -> !range.isBlank());
    }

    /** A field at the top whose value is a text. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isBlank());
    }

    private Map<String, String> part(String name) {
        return parts.getOrDefault(name, Map.of());
    }
}
