package io.procmodel.procfile;

import java.util.List;

/** A piece of the value of a variable, before references are replaced. */
sealed interface ValuePart {
    /** Text that stays as it is. */
    record Text(String text) implements ValuePart {}

    /** A variable whose value goes here; without one, a default, a refusal, or nothing. */
    record Reference(String name, Otherwise otherwise) implements ValuePart {}

    /** What goes where a variable has no value. */
    sealed interface Otherwise {
        /** Nothing. */
        record Nothing() implements Otherwise {}

        /** Another value. */
        record Default(List<ValuePart> value) implements Otherwise {}

        /** An error. */
        record Refusal() implements Otherwise {}
    }
}
