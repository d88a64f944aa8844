package io.procmodel.runtime;

import io.procmodel.error.InvalidValueException;

/** Which port a dyno gets as {@code PORT}. */
public sealed interface PortRequest {
    /** No port: a worker. */
    PortRequest NONE = new None();

    /** A free port of the runtime's choice: a web dyno. */
    PortRequest ANY = new Any();

    /**
     * This very port.
     *
     * @throws InvalidValueException if it is not from 1 to 65535
     */
    static PortRequest fixed(int port) {
        return new Fixed(port);
    }

    /** {@link #NONE}. */
    record None() implements PortRequest {}

    /** {@link #ANY}. */
    record Any() implements PortRequest {}

    /**
     * {@link #fixed}.
     *
     * @param port from 1 to 65535
     */
    record Fixed(int port) implements PortRequest {
        private static final int LAST = 65_535;

        /**
         * Checks the number.
         *
         * @throws InvalidValueException if it is no port
         */
        public Fixed {
            if (port < 1 || port > LAST) {
                throw new InvalidValueException("port", Integer.toString(port), "1 to " + LAST);
            }
        }
    }
}
