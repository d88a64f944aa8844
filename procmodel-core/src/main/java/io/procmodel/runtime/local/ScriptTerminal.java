package io.procmodel.runtime.local;

import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A terminal of util-linux's {@code script}, which sits between the dyno's pipes and a pseudo-terminal of its own making.
 * Echo and size are set from inside, since there is no terminal outside that they could be taken from. At SIGTERM
 * {@code script} passes it on, and kills what it started two seconds later, whatever the grace of the dyno.
 */
final class ScriptTerminal implements StandardInput {
    private static final Path PROC = Path.of("/proc");
    private static final String DEVICES = "/dev/pts/";
    private static final String SIGNALS =
            Arrays.stream(StopSignal.values()).map(Enum::name).collect(Collectors.joining(" "));
    private static final long STTY_SECONDS = 30;

    private final Programs programs;
    private final PipeInput pipe;
    private final TerminalSize first;

    /**
     * The programs that it needs.
     *
     * @param script util-linux's
     * @param stty that of coreutils
     * @param shell what runs the command
     */
    record Programs(String script, String stty, String shell) {
        static Optional<Programs> find(HostTools tools) {
            Optional<String> shell = tools.find("bash").or(() -> tools.find("sh"));
            return tools.find("script")
                    .filter(script -> Files.isDirectory(PROC.resolve("self/fd")))
                    .flatMap(script ->
                            tools.find("stty").flatMap(stty -> shell.map(found -> new Programs(script, stty, found))));
        }
    }

    ScriptTerminal(Programs programs, PipeInput pipe, TerminalSize first) {
        this.programs = programs;
        this.pipe = pipe;
        this.first = first;
    }

    @Override
    public Place place() {
        return pipe.place();
    }

    /**
     * The shell stays between the watchdog and {@code script}: that one would go round in circles at the end if it had
     * another child than the one it started. The shell waits for it whatever signal comes.
     */
    @Override
    public String wrap(String command) {
        String inside = "stty echo rows " + first.rows() + " cols " + first.columns() + "; exec "
                + quoted(programs.shell()) + " -c " + quoted(command);
        return "trap : " + SIGNALS + "; " + quoted(programs.script()) + " -qefc " + quoted(inside)
                + " /dev/null; exit $?";
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Sets the size through a process that has the terminal as its input: the device itself need not be visible here. The
     * kernel tells the programs in the window.
     */
    @Override
    public void resize(DynoProcess process, TerminalSize size) throws IOException {
        Path device = device(process);
        Process stty = new ProcessBuilder(List.of(
                        programs.stty(),
                        "-F",
                        device.toString(),
                        "rows",
                        Integer.toString(size.rows()),
                        "cols",
                        Integer.toString(size.columns())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) || stty.exitValue() != 0) {
                stty.destroyForcibly();
                throw new IOException("stty could not resize " + device);
            }
        } catch (InterruptedException e) {
            stty.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stty ran", e);
        }
    }

    private static Path device(DynoProcess process) throws IOException {
        return ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .map(descendant -> PROC.resolve(Long.toString(descendant.pid())).resolve("fd/0"))
                .filter(ScriptTerminal::isTerminal)
                .findFirst()
                .orElseThrow(() -> new IOException("no process of pid " + process.pid() + " has a terminal"));
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(DEVICES);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
