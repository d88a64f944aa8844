package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs each command as the leader of a session of its own, with a watchdog beside it in the same process group. The
 * watchdog reads the process's standard input, whose other end only this JVM holds: a line is the name of a signal for the
 * whole group, and the end of input, which the death of this JVM brings about however it dies, is SIGKILL for the whole
 * group. The JDK closes that pipe as well when the main process has ended, so that its children never outlive it.
 *
 * <p>Why a shell and no native code: it is on every POSIX machine, and there is no gap between the start of a process and
 * its registration with a reaper. Out of reach is a descendant that opens a session of its own.
 */
final class WatchdogLauncher implements Launcher {
    /**
     * The shell points a background job's standard input at the null device before its redirections, hence descriptor 3.
     * The watchdog keeps the dyno's output open on purpose: the end of that output then proves the end of the group. An
     * input that has ended already has no writer any more; opening it for both directions first, as 4, does not wait for one.
     * It is started by a shell that ends at once: a program that waits for all its children must not find it among them.
     * The control groups come first of all: everything that is ever started is in them.
     */
    private static final String SCRIPT = """
            while [ "$1" != -- ]; do
              echo 0 >"$1" || exit 126
              shift
            done
            deaf=$2
            shift 2
            exec 3<&0
            if [ "$2" ]; then exec <>"$1" >&0 2>&1; else exec 4<>"$1" <"$1" 4<&-; fi
            shift 2
            ( { trap '' TERM INT HUP QUIT USR1 USR2 TSTP TTIN TTOU
                while read -r signal <&3; do kill -"$signal" 0; done
                kill -KILL 0; } 2>/dev/null & )
            [ -z "$deaf" ] || trap '' $deaf
            exec "$@" 3<&-
            """;

    private static final List<String> PERL_SETSID = List.of("-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");

    private final String sh;
    private final List<String> prefix;
    private final String shell;
    private final SignalSender signals;

    private WatchdogLauncher(String sh, List<String> prefix, String shell, SignalSender signals) {
        this.sh = sh;
        this.prefix = List.copyOf(prefix);
        this.shell = shell;
        this.signals = signals;
    }

    static Optional<Launcher> probe(HostTools tools, SignalMask ignored) {
        Optional<String> sh = tools.find("sh");
        Optional<List<String>> session = tools.find("setsid")
                .map(List::of)
                .or(() -> tools.find("perl")
                        .map(perl -> ImmutableList.<String>builder()
                                .add(perl)
                                .addAll(PERL_SETSID)
                                .build()));
        if (sh.isEmpty() || session.isEmpty()) {
            return Optional.empty();
        }
        List<String> prefix = ImmutableList.<String>builder()
                .addAll(session.get())
                .addAll(ignored.isAny() ? defaultSignals(tools) : List.of())
                .build();
        return Optional.of(
                new WatchdogLauncher(sh.get(), prefix, tools.find("bash").orElse(sh.get()), new SignalSender(tools)));
    }

    /** A POSIX shell cannot restore a signal that it found ignored; coreutils' env can, where it is new enough. */
    private static List<String> defaultSignals(HostTools tools) {
        return tools.find("env")
                .map(env -> List.of(env, "--default-signal"))
                .filter(wrapper ->
                        Command.of(wrapper.get(0), wrapper.get(1), "true").succeeds())
                .orElse(List.of());
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.PROCESS_GROUP, Capability.HOST_DEATH_WATCHDOG);
    }

    @Override
    public List<String> shell(String command) {
        return List.of(shell, "-c", command);
    }

    @Override
    public DynoProcess start(Launch launch, List<String> doors) throws IOException {
        List<String> line = ImmutableList.<String>builder()
                .addAll(prefix)
                .add(sh, "-c", SCRIPT, "procmodel-dyno")
                .addAll(doors)
                .add("--", launch.deaf() ? Launch.STOP_SIGNALS : "")
                .add(launch.input().path(), launch.input().terminal() ? "terminal" : "")
                .addAll(launch.command())
                .build();
        return new WatchedProcess(launch.what().command(line).start(), signals);
    }
}
