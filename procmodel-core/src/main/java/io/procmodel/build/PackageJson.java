package io.procmodel.build;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableSet;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names that a {@code package.json} uses in the parts which a build cares about; nothing else of it is kept. */
final class PackageJson {
    static final String FILE_NAME = "package.json";

    private final Map<String, Set<String>> parts;

    private PackageJson(Map<String, Set<String>> parts) {
        this.parts = parts;
    }

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
            return new PackageJson(parts(json));
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

    private static Map<String, Set<String>> parts(JsonParser json) throws IOException {
        Map<String, Set<String>> parts = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String part = json.currentName();
            parts.put(part, json.nextToken() == JsonToken.START_OBJECT ? names(json) : Set.of());
            json.skipChildren();
        }
        return parts;
    }

    private static Set<String> names(JsonParser json) throws IOException {
        Set<String> names = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            names.add(json.currentName());
            json.nextToken();
            json.skipChildren();
        }
        return ImmutableSet.copyOf(names);
    }

    /** Whether there is something for npm to install at run time. */
    boolean hasDependencies() {
        return parts.containsKey("workspaces")
                || !names("dependencies").isEmpty()
                || !names("optionalDependencies").isEmpty();
    }

    boolean hasScript(String name) {
        return names("scripts").contains(name);
    }

    private Set<String> names(String part) {
        return parts.getOrDefault(part, Set.of());
    }
}
