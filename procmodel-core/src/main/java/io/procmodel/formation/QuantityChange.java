package io.procmodel.formation;

import io.procmodel.error.InvalidValueException;

/** What happens to a quantity: it is set, or moved from where it is (Heroku: FRM-2). */
public sealed interface QuantityChange {
    /**
     * The new quantity.
     *
     * @param type the process type, for the error
     * @param present the quantity before
     * @throws InvalidValueException if the new quantity is out of range
     */
    int applyTo(String type, int present);

    /**
     * Sets the quantity.
     *
     * @param quantity the new quantity
     */
    record Exactly(int quantity) implements QuantityChange {
        @Override
        public int applyTo(String type, int present) {
            return quantity;
        }

        @Override
        public String toString() {
            return "=" + quantity;
        }
    }

    /**
     * Adds to the quantity.
     *
     * @param difference what is added; negative to take away, 0 to leave it
     */
    record By(int difference) implements QuantityChange {
        @Override
        public int applyTo(String type, int present) {
            long changed = (long) present + difference;
            if (changed < 0 || changed > Integer.MAX_VALUE) {
                throw new InvalidValueException(
                        "quantity of " + type, present + toString(), "a result of 0 to " + Integer.MAX_VALUE);
            }
            return (int) changed;
        }

        @Override
        public String toString() {
            return difference < 0 ? Integer.toString(difference) : "+" + difference;
        }
    }
}
