package io.procmodel.build;

import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads what {@code bin/release} prints (Heroku: BLD-18). Keys that the API does not know are none of its business. */
final class ReleaseYaml {
    private static final String PROGRAM = "bin/release";
    private static final String EXPECTED =
            "a YAML map with default_process_types, a map of names to commands, and addons, a list";

    private static final int FEW = 20;

    private final String buildpack;

    ReleaseYaml(String buildpack) {
        this.buildpack = buildpack;
    }

    /**
     * Parses the output; nothing at all stands for an empty map.
     *
     * @throws BuildpackException if it is not of the form that BLD-18 gives
     */
    BuildpackRelease parse(String yaml) {
        Object loaded = load(yaml);
        try {
            Map<?, ?> parts = map(loaded);
            return new BuildpackRelease(
                    processTypes(parts.get("default_process_types")),
                    texts("addons", parts.get("addons")),
                    ConfigVars.of(textMap("config_vars", parts.get("config_vars"))));
        } catch (InvalidValueException e) {
            throw new BuildpackException(buildpack, PROGRAM + " gives " + e.getMessage(), EXPECTED, e);
        }
    }

    private @Nullable Object load(String yaml) {
        try {
            return new Load(LoadSettings.builder()
                            .setLabel(PROGRAM)
                            .setSchema(new CoreSchema())
                            .build())
                    .loadFromString(yaml);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse("");
            throw new BuildpackException(
                    buildpack, "the output of " + PROGRAM + where + " is not YAML: " + e.getProblem(), EXPECTED, e);
        } catch (YamlEngineException e) {
            throw new BuildpackException(
                    buildpack, "the output of " + PROGRAM + " is not YAML: " + e.getMessage(), EXPECTED, e);
        } catch (StackOverflowError e) {
            throw new BuildpackException(buildpack, "the output of " + PROGRAM + " is nested too deep", EXPECTED, null);
        }
    }

    private static List<ProcessType> processTypes(@Nullable Object types) {
        List<ProcessType> found = new ArrayList<>();
        textMap("default_process_types", types).forEach((name, command) -> found.add(new ProcessType(name, command)));
        return found;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new InvalidValueException("output", shown(value), "a map");
    }

    private static Map<String, String> textMap(String what, @Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> texts.put(scalar(what, key), scalar(what + "." + key, text)));
        } else if (value != null) {
            throw new InvalidValueException(what, shown(value), "a map");
        }
        return texts;
    }

    private static List<String> texts(String what, @Nullable Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> texts.add(scalar(what, item)));
        } else if (value != null) {
            throw new InvalidValueException(what, shown(value), "a list");
        }
        return texts;
    }

    private static String scalar(String what, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new InvalidValueException(what, shown(value), "text");
    }

    /** By aliases a map or a list may hold itself, or be longer than there is memory: it is shown if it holds a few scalars. */
    private static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return holdsAFewScalars(map.keySet()) && holdsAFewScalars(map.values()) ? map.toString() : "a map";
        }
        if (value instanceof Collection<?> list) {
            return holdsAFewScalars(list) ? list.toString() : "a list";
        }
        return String.valueOf(value);
    }

    private static boolean holdsAFewScalars(Collection<?> values) {
        return values.size() <= FEW
                && values.stream().noneMatch(value -> value instanceof Map || value instanceof Collection);
    }
}
