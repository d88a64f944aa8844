package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be started for a dyno.
 *
 * @param what the command, its directory, its environment and its output
 * @param input its standard input
 * @param deaf whether the command begins with the wall of a sandbox: a signal to the group is for the dyno in it, and were the
 *     wall to die of it, so would the dyno, without its grace
 * @param mount what is to be mounted before
 */
record Launch(ProcessBuilder what, StandardInput.Place input, boolean deaf, Optional<Mount> mount) {
    /** What a deaf command ignores: each {@link io.procmodel.policy.StopSignal}. */
    static final String STOP_SIGNALS = "TERM INT HUP QUIT USR1 USR2";

    /** The command, after the programs that mount what it needs. */
    List<String> command() {
        return ImmutableList.<String>builder()
                .addAll(mount.map(Mount::prefix).orElse(List.of()))
                .addAll(what.command())
                .build();
    }

    Map<String, String> environment() {
        return what.environment();
    }
}
