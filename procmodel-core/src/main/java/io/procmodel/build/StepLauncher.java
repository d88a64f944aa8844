package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes the command line of a build step: the command as the leader of a session of its own, with a watchdog beside it in
 * the same process group. The watchdog waits for the end of its standard input, whose other end only this JVM holds, and
 * then kills every process that carries the tag of the step, and the whole group. That end comes when the step is
 * through, when it is killed, and when this JVM dies, however it dies.
 *
 * <p>Where the machine has no way to make a session, commands run as they are.
 */
final class StepLauncher {
    /** The variable by whose value the processes of one step are known, wherever they have gone. */
    static final String TAG = "PROCMODEL_BUILD";

    /**
     * The shell points a background job's input at the null device before its redirections, hence descriptor 3. Processes
     * that left the group are looked for twice, because one may have been born while the first look went on; the third
     * word after a name in {@code /proc/PID/stat} is the process group, whose leader's id is {@code $$}. The shell around it
     * all ends at once, so that the watchdog is no child of the command, which may wait for every child that it has.
     * If the command has ended by itself, this JVM gives its processes time for their last words, and so the watchdog does.
     */
    private static final String WATCHDOG = """
            exec 3<&0 </dev/null
            ( { trap '' TERM INT HUP QUIT USR1 USR2
              while read -r _ <&3; do :; done
              kill -0 $$ || sleep 4
              for round in 1 2; do
                for file in $(grep -lsF "PROCMODEL_BUILD=$PROCMODEL_BUILD" /proc/[0-9]*/environ); do
                  pid=${file#/proc/}; pid=${pid%/environ}
                  read -r stat </proc/$pid/stat || continue
                  set -- ${stat##*) }
                  [ "$3" = $$ ] || kill -KILL "$pid"
                done
              done
              kill -KILL 0; } >/dev/null 2>&1 & )
            """;

    private static final String SCRIPT = WATCHDOG + "exec \"$@\" 3<&-\n";
    private static final List<String> PERL_SETSID = List.of("-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");

    private final ImmutableList<String> prefix;
    private final UnaryOperator<List<String>> surroundings;

    private StepLauncher(List<String> prefix, UnaryOperator<List<String>> surroundings) {
        this.prefix = ImmutableList.copyOf(prefix);
        this.surroundings = surroundings;
    }

    private StepLauncher(List<String> prefix) {
        this(prefix, UnaryOperator.identity());
    }

    /** The same launcher for commands in other surroundings, in which the watchdog is not. */
    StepLauncher within(UnaryOperator<List<String>> around) {
        return new StepLauncher(prefix, around);
    }

    /** The best launcher for a machine. */
    static StepLauncher on(HostEnvironment host) {
        Optional<String> sh = host.program("sh").map(Object::toString);
        Optional<List<String>> session = host.program("setsid")
                .map(setsid -> List.of(setsid.toString()))
                .or(() -> host.program("perl")
                        .map(perl -> ImmutableList.<String>builder()
                                .add(perl.toString())
                                .addAll(PERL_SETSID)
                                .build()));
        return sh.isPresent() && session.isPresent()
                ? new StepLauncher(ImmutableList.<String>builder()
                        .addAll(session.get())
                        .add(sh.get(), "-c")
                        .build())
                : withoutSessions();
    }

    /** The launcher that only tags what it runs. */
    static StepLauncher withoutSessions() {
        return new StepLauncher(List.of());
    }

    /** The command line that runs {@code command}. */
    List<String> commandLine(List<String> command) {
        List<String> line = surroundings.apply(command);
        return prefix.isEmpty()
                ? line
                : ImmutableList.<String>builder()
                        .addAll(prefix)
                        .add(SCRIPT, "procmodel-build")
                        .addAll(line)
                        .build();
    }

    /** An environment with a tag. */
    static Map<String, String> tagged(Map<String, String> environment, String tag) {
        return ImmutableMap.<String, String>builder()
                .putAll(environment)
                .put(TAG, tag)
                .buildKeepingLast();
    }
}
