package io.procmodel.router.table;

/** A request that waits for a dyno. Both calls come from any thread and must return at once. */
public interface Waiting {
    /** There may be a dyno now: look again. */
    void lookAgain();

    /**
     * There will be no dyno.
     *
     * @param reason why, in words for the log
     */
    void giveUp(String reason);
}
