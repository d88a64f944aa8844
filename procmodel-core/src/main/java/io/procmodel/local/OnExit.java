package io.procmodel.local;

/** What happens when a process of a local run ends by itself. */
public enum OnExit {
    /** Everything else is stopped and the run is over: foreman's way. */
    STOP_ALL,
    /** The others go on; the run is over when all have ended. */
    IGNORE,
    /** It is started again, at once after a run of 10 s or more, else after a pause of 1 s that doubles up to 30 s. */
    RESTART
}
