package io.procmodel.formation;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;

/**
 * How many dynos of which size one process type has.
 *
 * @param type the name of the process type
 * @param quantity how many dynos, not negative; always 0 for {@code release}
 * @param size the size of each of them
 */
public record FormationEntry(String type, int quantity, DynoSize size) {
    /**
     * Checks the quantity.
     *
     * @throws InvalidValueException if {@code quantity} is negative, or not 0 for {@code release}
     */
    public FormationEntry {
        requireNonNull(type, "type");
        requireNonNull(size, "size");
        if (quantity < 0) {
            throw new InvalidValueException("quantity of " + type, Integer.toString(quantity), "at least 0");
        }
        if (quantity > 0 && type.equals(ProcessType.RELEASE)) {
            throw new InvalidValueException(
                    "quantity of release", Integer.toString(quantity), "0: it runs once per release and is not scaled");
        }
    }

    FormationEntry changed(FormationChange change) {
        int changed = change.quantity().applyTo(type, quantity);
        return new FormationEntry(type, changed, change.size().orElse(size));
    }

    /** For example {@code web@2:Standard-1X} (Heroku: LOG-10). */
    @Override
    public String toString() {
        return type + "@" + quantity + ":" + size;
    }
}
