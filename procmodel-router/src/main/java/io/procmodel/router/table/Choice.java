package io.procmodel.router.table;

/** What became of the choice of a dyno. */
public sealed interface Choice {
    /**
     * This one; a place is taken, to be given back with {@link Backend#release}.
     *
     * @param backend the dyno
     */
    record Chosen(Backend backend) implements Choice {}

    /** None is up, but one is on its way. */
    record Wait() implements Choice {}

    /** Every one that is up has as many requests as it may have. */
    record Full() implements Choice {}

    /** Every one that is up could not be connected to a moment ago, by this request or another. */
    record Quarantined() implements Choice {}

    /**
     * None is up because they crash.
     *
     * @param reason how, in words for the log
     */
    record Crashed(String reason) implements Choice {}
}
