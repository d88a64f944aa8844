package io.procmodel.runtime.local;

import java.util.List;
import java.util.Map;

/**
 * What is to be started for a dyno.
 *
 * @param what the command, its directory, its environment and its output
 * @param input its standard input
 * @param deaf whether the command begins with the wall of a sandbox: a signal to the group is for the dyno in it, and were the
 *     wall to die of it, so would the dyno, without its grace
 */
record Launch(ProcessBuilder what, StandardInput.Place input, boolean deaf) {
    /** What a deaf command ignores: each {@link io.procmodel.policy.StopSignal}. */
    static final String STOP_SIGNALS = "TERM INT HUP QUIT USR1 USR2";

    List<String> command() {
        return what.command();
    }

    Map<String, String> environment() {
        return what.environment();
    }
}
