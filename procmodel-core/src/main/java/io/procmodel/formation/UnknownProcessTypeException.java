package io.procmodel.formation;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.Collection;
import java.util.List;

/** A process type was named that the formation does not have (Heroku: FRM-11). Nothing was changed. */
public final class UnknownProcessTypeException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String type;
    private final ImmutableList<String> knownTypes;

    UnknownProcessTypeException(String type, Collection<String> knownTypes) {
        super("process type: \"" + type + "\" (expected: "
                + (knownTypes.isEmpty() ? "none, the app has no process types" : String.join(", ", knownTypes)) + ")");
        this.type = type;
        this.knownTypes = ImmutableList.copyOf(knownTypes);
    }

    /** The name that is not known. */
    public String type() {
        return type;
    }

    /** The types that the formation has, sorted. */
    public List<String> knownTypes() {
        return knownTypes;
    }
}
