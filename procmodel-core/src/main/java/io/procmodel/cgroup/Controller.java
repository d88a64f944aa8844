package io.procmodel.cgroup;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** What the kernel holds a control group to. */
public enum Controller {
    /** How much memory its processes use together. */
    MEMORY,
    /** How many processes and threads there are in it. */
    PIDS,
    /** How much of a busy processor it gets, compared with others. */
    CPU;

    /** Those among these names, as the kernel writes them. */
    static Set<Controller> among(Iterable<String> names) {
        Set<String> offered = ImmutableSet.copyOf(names);
        Set<Controller> found = EnumSet.noneOf(Controller.class);
        Arrays.stream(values())
                .filter(controller -> offered.contains(controller.kernelName()))
                .forEach(found::add);
        return found;
    }

    String kernelName() {
        return Ascii.toLowerCase(name());
    }
}
