package io.procmodel.supervise;

import java.util.List;

/**
 * The outcome of one fact.
 *
 * @param state the state from now on
 * @param acts what to do about it, in this order
 */
public record Decision(SupervisionState state, List<Act> acts) {
    /** Copies the acts. */
    public Decision {
        acts = List.copyOf(acts);
    }
}
