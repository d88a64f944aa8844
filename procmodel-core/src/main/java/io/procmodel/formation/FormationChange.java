package io.procmodel.formation;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import java.util.List;
import java.util.Optional;

/**
 * One wish for a process type: another quantity, another size, or both. Its text is the platform's: {@code web=2},
 * {@code web+1}, {@code web-1}, {@code web=2:standard-2x} (Heroku: FRM-5), and foreman's {@code all=1}.
 *
 * @param type the name of the process type, or {@link #ALL}
 * @param quantity what happens to the quantity
 * @param size the new size, or empty to keep it
 */
public record FormationChange(String type, QuantityChange quantity, Optional<DynoSize> size) {
    /** The name that stands for every process type but {@code release}. */
    public static final String ALL = "all";

    /** Checks that nothing is missing. */
    public FormationChange {
        requireNonNull(type, "type");
        requireNonNull(quantity, "quantity");
        requireNonNull(size, "size");
    }

    /** Another quantity at the same size. */
    public static FormationChange scale(String type, int quantity) {
        return new FormationChange(type, new QuantityChange.Exactly(quantity), Optional.empty());
    }

    /** Another size at the same quantity. */
    public static FormationChange resize(String type, DynoSize size) {
        return new FormationChange(type, new QuantityChange.By(0), Optional.of(size));
    }

    /**
     * Parses expressions; each may hold several, separated by commas, with blanks around the parts.
     *
     * @throws InvalidValueException if one is no expression, or a quantity is too big for an {@code int}
     */
    public static List<FormationChange> parse(String... expressions) {
        return parse(DynoSizes.HEROKU, expressions);
    }

    /** Parses expressions that may name a host's own sizes; see {@link #parse(String...)}. */
    public static List<FormationChange> parse(DynoSizes sizes, String... expressions) {
        ImmutableList.Builder<FormationChange> changes = ImmutableList.builder();
        for (String expression : expressions) {
            for (String part : Splitter.on(',').split(expression)) {
                changes.add(FormationExpression.parse(sizes, part, expression));
            }
        }
        return changes.build();
    }

    /** The expression, for example {@code web=2:Standard-2X}. */
    @Override
    public String toString() {
        return type + quantity + size.map(value -> ":" + value).orElse("");
    }
}
