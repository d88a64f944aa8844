package io.procmodel.formation;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.error.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dyno sizes that a host knows: the platform's and its own. Immutable. */
public final class DynoSizes {
    /** The platform's, with their old names (Heroku: DYN-51). */
    public static final DynoSizes HEROKU = heroku();

    private final ImmutableList<DynoSize> all;
    private final ImmutableMap<String, DynoSize> names;

    private DynoSizes(List<DynoSize> all, Map<String, DynoSize> names) {
        this.all = ImmutableList.copyOf(all);
        this.names = ImmutableMap.copyOf(names);
    }

    private static DynoSizes heroku() {
        List<DynoSize> sizes = List.of(
                DynoSize.ECO,
                DynoSize.BASIC,
                DynoSize.STANDARD_1X,
                DynoSize.STANDARD_2X,
                DynoSize.PERFORMANCE_M,
                DynoSize.PERFORMANCE_L,
                DynoSize.PERFORMANCE_L_RAM,
                DynoSize.PERFORMANCE_XL,
                DynoSize.PERFORMANCE_2XL);
        Map<String, DynoSize> names = new LinkedHashMap<>();
        sizes.forEach(size -> names.put(size.key(), size));
        names.put("free", DynoSize.ECO);
        names.put("hobby", DynoSize.BASIC);
        names.put("1x", DynoSize.STANDARD_1X);
        names.put("2x", DynoSize.STANDARD_2X);
        names.put("px", DynoSize.PERFORMANCE_L);
        return new DynoSizes(sizes, names);
    }

    /**
     * These and more.
     *
     * @throws InvalidValueException if the name of one is taken, in any case and old names included
     */
    public DynoSizes with(DynoSize... more) {
        Map<String, DynoSize> known = new LinkedHashMap<>(names);
        for (DynoSize size : more) {
            if (known.putIfAbsent(size.key(), size) != null) {
                throw new InvalidValueException("dyno size", size.toString(), "a name that no other size has");
            }
        }
        return new DynoSizes(
                ImmutableList.<DynoSize>builder().addAll(all).add(more).build(), known);
    }

    /**
     * The size of a name, in any case; old names mean their successors.
     *
     * @throws InvalidValueException if there is no such size
     */
    public DynoSize of(String name) {
        DynoSize size = find(name);
        if (size == null) {
            throw new InvalidValueException(
                    "dyno size", name, all.stream().map(DynoSize::toString).collect(Collectors.joining(", ")));
        }
        return size;
    }

    /** What stands for the name in a stored formation, known or not. */
    DynoSize stored(String name) {
        DynoSize size = find(name);
        return size == null ? DynoSize.undefined(name) : size;
    }

    private @Nullable DynoSize find(String name) {
        return names.get(Ascii.toLowerCase(name));
    }

    /** All of them, the platform's first. */
    public List<DynoSize> all() {
        return all;
    }
}
