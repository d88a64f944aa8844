package io.procmodel.policy;

/** The signal that asks a dyno to end. SIGKILL follows after the grace in any case. */
public enum StopSignal {
    /** Heroku's (DYN-46). */
    TERM,
    /** As from Ctrl-C. */
    INT,
    /** For servers that take it as their graceful stop. */
    QUIT,
    /** As from a closed terminal. */
    HUP,
    /** For programs that give it their own meaning. */
    USR1,
    /** For programs that give it their own meaning. */
    USR2;

    /** With its prefix: {@code SIGTERM}. */
    @Override
    public String toString() {
        return "SIG" + name();
    }
}
