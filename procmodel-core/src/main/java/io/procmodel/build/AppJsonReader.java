package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.config.ConfigKey;
import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads an {@code app.json}, which is YAML too, as every JSON is, and collects all that is wrong with it. */
final class AppJsonReader {
    private final List<String> problems = new ArrayList<>();

    AppJson read(String text) {
        Map<?, ?> parts = object("the file", load(text));
        AppJson read = new AppJson(
                Optional.ofNullable(parts.get("name")).map(name -> text("name", name)),
                env(object("env", parts.get("env"))),
                formation(object("formation", parts.get("formation"))),
                addOns(list("addons", parts.get("addons"))),
                buildpacks(list("buildpacks", parts.get("buildpacks"))),
                Optional.ofNullable(object("scripts", parts.get("scripts")).get("postdeploy"))
                        .map(command -> text("scripts.postdeploy", command)));
        if (!problems.isEmpty()) {
            throw new AppJsonException(problems);
        }
        return read;
    }

    private static @Nullable Object load(String text) {
        if (!text.stripLeading().startsWith("{")) {
            throw new AppJsonException(ImmutableList.of("is no JSON object (expected: an object, from { to })"));
        }
        try {
            return new Load(LoadSettings.builder().setLabel(AppJson.FILE_NAME).build()).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark().map(AppJsonReader::position).orElse("");
            throw new AppJsonException(ImmutableList.of(where + "is no JSON: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new AppJsonException(ImmutableList.of("is no JSON: " + e.getMessage()));
        } catch (StackOverflowError e) {
            throw new AppJsonException(
                    ImmutableList.of("is nested too deep (expected: objects and arrays of few levels)"));
        }
    }

    private static String position(Mark mark) {
        return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": ";
    }

    private Map<String, AppJson.Variable> env(Map<?, ?> env) {
        Map<String, AppJson.Variable> variables = new LinkedHashMap<>();
        env.forEach((name, value) -> {
            String key = text("env", name);
            try {
                variables.put(ConfigKey.of(key).value(), variable("env." + key, value));
            } catch (InvalidValueException e) {
                problems.add(e.getMessage());
            }
        });
        return variables;
    }

    private AppJson.Variable variable(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> parts)) {
            return new AppJson.Variable(Optional.of(text(path, value)), true, false);
        }
        Object generator = parts.get("generator");
        if (generator != null && !generator.equals("secret")) {
            problems.add(path + ".generator: \"" + shown(generator) + "\" (expected: \"secret\")");
        }
        return new AppJson.Variable(
                Optional.ofNullable(parts.get("value")).map(given -> text(path + ".value", given)),
                !Boolean.FALSE.equals(parts.get("required")),
                generator != null);
    }

    private Map<String, String> formation(Map<?, ?> formation) {
        Map<String, String> quantities = new LinkedHashMap<>();
        formation.forEach((name, value) -> {
            String type = text("formation", name);
            Map<?, ?> parts = object("formation." + type, value);
            if (parts.get("quantity") instanceof Integer quantity && quantity >= 0) {
                Object size = parts.get("size");
                quantities.put(
                        processType(type), size == null ? quantity.toString() : quantity + ":" + text("size", size));
            } else {
                problems.add(
                        "formation." + type + ".quantity: " + shown(parts.get("quantity")) + " (expected: 0 or more)");
            }
        });
        return quantities;
    }

    /** By aliases an object or an array may hold itself, or be longer than there is memory. */
    private static String shown(@Nullable Object value) {
        return value instanceof Map ? "an object" : value instanceof Collection ? "an array" : String.valueOf(value);
    }

    private String processType(String name) {
        try {
            return new ProcessType(name, "").name();
        } catch (InvalidValueException e) {
            problems.add(e.getMessage());
            return name;
        }
    }

    private List<AppJson.AddOn> addOns(List<?> list) {
        List<AppJson.AddOn> addOns = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof Map<?, ?> parts) {
                addOns.add(new AppJson.AddOn(
                        text("addons.plan", parts.get("plan")),
                        Optional.ofNullable(parts.get("as")).map(as -> text("addons.as", as))));
            } else {
                addOns.add(new AppJson.AddOn(text("addons", item), Optional.empty()));
            }
        }
        return addOns;
    }

    private List<String> buildpacks(List<?> list) {
        List<String> buildpacks = new ArrayList<>();
        for (Object item : list) {
            buildpacks.add(
                    item instanceof Map<?, ?> parts
                            ? text("buildpacks.url", parts.get("url"))
                            : text("buildpacks", item));
        }
        return buildpacks;
    }

    private Map<?, ?> object(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        if (value != null) {
            problems.add(path + ": is no object (expected: an object, from { to })");
        }
        return Map.of();
    }

    private List<?> list(String path, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value != null) {
            problems.add(path + ": is no array (expected: an array, from [ to ])");
        }
        return List.of();
    }

    /** A text; numbers and truth values are taken as they are written. Never quoted, because it may be a secret. */
    private String text(String path, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        problems.add(path + ": is no text (expected: a text)");
        return "";
    }
}
