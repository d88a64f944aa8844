package io.procmodel.runtime.local;

import java.util.List;
import java.util.Optional;

/**
 * The lines of shell inside the wall of a sandbox, which itself is deaf: they see to it that a stop signal reaches the dyno, at
 * whatever moment it comes.
 *
 * @param sh the shell
 * @param env GNU env, which can restore signals that were ignored
 */
record BoxShell(String sh, String env) {
    /** Where the inner side finds {@link DynoHome#control()}. */
    static final String CONTROL = "/run/procmodel";

    private static final String SIGNALS = Launch.STOP_SIGNALS.replace(' ', ',');

    /**
     * From here on a signal ends the program, and one that came before has left word. The limit counts in the innermost user
     * namespace, where there is nobody but the dyno.
     */
    private static final String INSIDE = """
            read -r signal 2>/dev/null </run/procmodel/stop && kill -s "$signal" $$
            ulimit -u "$1" 2>/dev/null || ulimit -p "$1" 2>/dev/null
            shift
            exec "$@"
            """;

    static Optional<BoxShell> find(HostTools tools) {
        return tools.find("sh").flatMap(sh -> tools.find("env").map(env -> new BoxShell(sh, env)));
    }

    /** What comes before the dyno's program, inside. */
    List<String> inside(int maxProcesses) {
        return List.of(
                env, "--default-signal=" + SIGNALS, sh, "-c", INSIDE, "procmodel-box", Integer.toString(maxProcesses));
    }
}
