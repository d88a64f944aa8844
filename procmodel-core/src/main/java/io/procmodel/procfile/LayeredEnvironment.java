package io.procmodel.procfile;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variables of several layers as one environment, with an order that says which layer wins where several set a name:
 * platform over host over files, unless another is chosen. Immutable and thread-safe; each method gives a changed copy.
 * The values are secrets: only {@link #asMap()} holds them, and nothing prints them.
 *
 * <p>Tools differ: foreman, honcho, forego and {@code heroku local} let files win over the host, dotenv, goreman and
 * invoker the other way round.
 */
public final class LayeredEnvironment {
    private static final ImmutableList<EnvironmentLayer> USUAL =
            ImmutableList.of(EnvironmentLayer.PLATFORM, EnvironmentLayer.HOST, EnvironmentLayer.FILES);
    private static final LayeredEnvironment EMPTY = new LayeredEnvironment(USUAL, ImmutableMap.of(), ImmutableMap.of());

    private final ImmutableList<EnvironmentLayer> precedence;
    private final ImmutableMap<EnvironmentLayer, ImmutableMap<String, String>> layers;
    private final ImmutableMap<String, VariableOrigin> origins;

    private LayeredEnvironment(
            ImmutableList<EnvironmentLayer> precedence,
            ImmutableMap<EnvironmentLayer, ImmutableMap<String, String>> layers,
            ImmutableMap<String, VariableOrigin> origins) {
        this.precedence = precedence;
        this.layers = layers;
        this.origins = origins;
    }

    /** No variable in any layer, and the usual precedence. */
    public static LayeredEnvironment empty() {
        return EMPTY;
    }

    /** With these variables of the platform, in place of any before. */
    public LayeredEnvironment platform(Map<String, String> variables) {
        return with(EnvironmentLayer.PLATFORM, variables, origins);
    }

    /** With these variables of the host, usually {@link System#getenv()}, in place of any before. */
    public LayeredEnvironment host(Map<String, String> variables) {
        return with(EnvironmentLayer.HOST, variables, origins);
    }

    /** With the variables of these files, in place of any before. */
    public LayeredEnvironment files(DotEnv files) {
        ImmutableMap.Builder<String, VariableOrigin> lines = ImmutableMap.builder();
        files.asMap()
                .keySet()
                .forEach(name -> lines.put(name, files.origin(name).orElseThrow()));
        return with(EnvironmentLayer.FILES, files.asMap(), lines.buildOrThrow());
    }

    /**
     * With another order, strongest first. A layer that is not named counts for nothing.
     *
     * @throws InvalidValueException if no layer is named, or one twice
     */
    public LayeredEnvironment precedence(EnvironmentLayer... strongestFirst) {
        List<EnvironmentLayer> order = List.of(strongestFirst);
        if (order.isEmpty() || order.stream().distinct().count() < order.size()) {
            throw new InvalidValueException(
                    "precedence",
                    order.toString(),
                    "at least one of " + Arrays.toString(EnvironmentLayer.values()) + ", each once");
        }
        return new LayeredEnvironment(ImmutableList.copyOf(order), layers, origins);
    }

    /** The order that counts, strongest first. */
    public List<EnvironmentLayer> precedence() {
        return precedence;
    }

    /** The value of each variable in the strongest layer that sets it; the names of weaker layers come first. */
    public Map<String, String> asMap() {
        Map<String, String> values = new LinkedHashMap<>();
        for (EnvironmentLayer layer : precedence.reverse()) {
            values.putAll(variables(layer));
        }
        return ImmutableMap.copyOf(values);
    }

    /** The layer that decides about a variable; none if no layer sets it. */
    public Optional<EnvironmentLayer> layer(String name) {
        return layers(name).stream().findFirst();
    }

    /** All layers that set a variable, strongest first: the first decides, the others are overridden. */
    public List<EnvironmentLayer> layers(String name) {
        requireNonNull(name, "name");
        return precedence.stream()
                .filter(layer -> variables(layer).containsKey(name))
                .collect(ImmutableList.toImmutableList());
    }

    /** The file and line that decide about a variable; none if another layer does. */
    public Optional<VariableOrigin> origin(String name) {
        return layer(name)
                .filter(layer -> layer == EnvironmentLayer.FILES)
                .map(layer -> requireNonNull(origins.get(name), "origin"));
    }

    /** The layers by precedence and the names in each, without the values. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        precedence.forEach(layer -> shown.add(layer + "=" + variables(layer).keySet()));
        return "LayeredEnvironment" + shown;
    }

    private LayeredEnvironment with(
            EnvironmentLayer layer, Map<String, String> variables, ImmutableMap<String, VariableOrigin> lines) {
        Map<EnvironmentLayer, ImmutableMap<String, String>> changed = new EnumMap<>(EnvironmentLayer.class);
        changed.putAll(layers);
        changed.put(layer, ImmutableMap.copyOf(variables));
        return new LayeredEnvironment(precedence, ImmutableMap.copyOf(changed), lines);
    }

    private ImmutableMap<String, String> variables(EnvironmentLayer layer) {
        return layers.getOrDefault(layer, ImmutableMap.of());
    }
}
