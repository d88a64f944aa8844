package io.procmodel.supervise;

import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import java.time.Instant;

/**
 * The decision part of supervision: {@code (state, fact, now) → (state, acts)}. It has no memory, thread, clock or I/O of
 * its own, so a test can drive it through a million facts; whoever drives it feeds it the facts of one app one after
 * another and carries out the acts in order. Immutable and thread-safe.
 */
public final class Supervision {
    private final AppName app;
    private final AppPolicy policy;

    /**
     * Creates the decision part for one app.
     *
     * @param app the app, for its events
     * @param policy how dynos are kept
     */
    public Supervision(AppName app, AppPolicy policy) {
        this.app = app;
        this.policy = policy;
    }

    /**
     * Decides what follows from one fact.
     *
     * @param state the state before, from the last decision or {@link SupervisionState#INITIAL}
     * @param fact what happened
     * @param now when; not earlier than in the last decision
     */
    public Decision decide(SupervisionState state, Fact fact, Instant now) {
        Draft draft = new Draft(app, policy, state, now);
        fact.enter(draft);
        draft.enforceDeadlines();
        draft.reconcile();
        return draft.decision();
    }
}
