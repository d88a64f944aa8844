package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an app asks for when it is created from its source (Heroku: PIPE-9 to PIPE-14): config vars, add-ons, buildpacks, a
 * formation and a command to run once. Immutable. Keys that say nothing about that, such as {@code logo}, are not kept.
 *
 * @param name what people call the app; empty if it does not say
 * @param env its config vars, by key, in order
 * @param formation how many dynos its process types have, by type, as {@code 2} or {@code 2:Standard-2X}
 * @param addOns its add-ons, {@code service:plan}, by the name that each is attached as, or by itself
 * @param buildpacks its buildpacks, by name or address
 * @param postdeploy a command for a one-off dyno after the first deploy
 */
public record AppJson(
        Optional<String> name,
        Map<String, Variable> env,
        Map<String, String> formation,
        List<AddOn> addOns,
        List<String> buildpacks,
        Optional<String> postdeploy) {
    static final String FILE_NAME = "app.json";

    private static final int SECRET_BYTES = 32;

    /** Copies the collections. */
    public AppJson {
        env = ImmutableMap.copyOf(env);
        formation = ImmutableMap.copyOf(formation);
        addOns = ImmutableList.copyOf(addOns);
        buildpacks = ImmutableList.copyOf(buildpacks);
    }

    /**
     * A config var. It does not print its value.
     *
     * @param value its default, if it has one
     * @param required whether it must have a value
     * @param generated whether a secret is made up where no value is given
     */
    public record Variable(Optional<String> value, boolean required, boolean generated) {
        @Override
        public String toString() {
            return "value " + (value.isPresent() ? "given" : "none") + ", required " + required + ", generated "
                    + generated;
        }
    }

    /**
     * An add-on.
     *
     * @param plan {@code service:plan} or {@code service}
     * @param as the name that it is attached as, if one is asked for
     */
    public record AddOn(String plan, Optional<String> as) {}

    /** What an app without the file asks for. */
    public static AppJson empty() {
        return new AppJson(Optional.empty(), Map.of(), Map.of(), List.of(), List.of(), Optional.empty());
    }

    /**
     * Reads the text of an {@code app.json}.
     *
     * @throws AppJsonException if it is not JSON or a part of it is not of the form that Heroku gives
     */
    public static AppJson parse(String text) {
        return new AppJsonReader().read(text);
    }

    /** Reads the file at the root of an app; without one the app asks for nothing. */
    static AppJson read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return empty();
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    /**
     * The config vars to begin with: what is given, else the default, else a secret where one is to be made up.
     *
     * @param given values that win over the defaults
     * @param random makes the secrets up; it must be one that nobody can predict
     * @throws AppJsonException if a required one has no value; it names all of them
     */
    public ConfigVars config(Map<String, String> given, RandomGenerator random) {
        Map<String, String> config = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        env.forEach((key, variable) -> {
            Optional<String> value = Optional.ofNullable(given.get(key))
                    .or(variable::value)
                    .or(() -> variable.generated() ? Optional.of(secret(random)) : Optional.empty());
            value.ifPresent(text -> config.put(key, text));
            if (value.isEmpty() && variable.required()) {
                problems.add("config var " + key + " is required");
            }
        });
        if (!problems.isEmpty()) {
            throw new AppJsonException(problems);
        }
        config.putAll(given);
        return ConfigVars.of(config);
    }

    private static String secret(RandomGenerator random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return BaseEncoding.base16().lowerCase().encode(bytes);
    }
}
