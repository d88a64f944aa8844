package io.procmodel.logplex.format;

import io.procmodel.log.LogOrigin;
import java.util.List;

/**
 * The colour of a process type: the first colours for the types that most apps have, and for every other type one that
 * its name decides, so that it is the same in every run. Red is left to errors.
 */
final class TypeColour {
    private static final List<String> KNOWN = List.of("web", "worker", "clock", "release", "run", "router");
    private static final int[] CODES = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

    private TypeColour() {}

    /** The escape sequence that switches to the colour. */
    static String of(LogOrigin origin) {
        String process = origin.process();
        int dot = process.indexOf('.');
        String type = dot < 0 ? process : process.substring(0, dot);
        int known = KNOWN.indexOf(type);
        int index = known >= 0 ? known : Math.floorMod(type.hashCode(), CODES.length);
        return "\u001b[" + CODES[index] + "m";
    }
}
