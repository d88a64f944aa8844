package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small shell beside this JVM that outlives it: it reads a pipe whose other end only this JVM holds, and when the pipe
 * ends without a farewell it kills every process that carries the runtime's cookie. What the dynos' launcher reaches is
 * gone by then; this is for what has left their process groups. Nothing needs to be registered, so there is no gap between
 * the start of a process and its registration.
 */
final class HostReaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostReaper.class);
    private static final String FAREWELL = "done\n";
    private static final long FAREWELL_SECONDS = 5;

    /**
     * It looks until three looks in a row found nobody: a process may be just about to start another. One kill is for all that
     * a look has found, so that they go in one go.
     */
    private static final String SCRIPT = """
            trap '' TERM INT HUP QUIT USR1 USR2
            while read -r word; do [ "$word" = done ] && exit 0; done
            mark=$1
            shift
            sleep 0.2
            quiet=0
            rounds=0
            while [ "$quiet" -lt 3 ] && [ "$rounds" -lt 200 ]; do
              rounds=$((rounds + 1))
              quiet=$((quiet + 1))
              for group in "$@"; do
                pids=$(cat "$group"/*/cgroup.procs)
                [ -z "$pids" ] || { quiet=0; kill -KILL $pids; }
              done 2>/dev/null
              pids=
              for environ in $(printf '%s\\n' /proc/[0-9]*/environ | xargs grep -lsF -e "$mark"); do
                pid=${environ#/proc/}
                pids="$pids ${pid%/environ}"
              done
              [ -z "$pids" ] || { quiet=0; kill -KILL $pids; } 2>/dev/null
              [ "$quiet" -eq 0 ] || sleep 0.1
            done
            for group in "$@"; do
              rmdir "$group"/*/ "$group" 2>/dev/null
            done
            """;

    private final List<String> command;
    private Process process;
    private boolean closed;

    private HostReaper(List<String> command) throws IOException {
        this.command = List.copyOf(command);
        this.process = start();
    }

    /**
     * Starts the reaper, where the host has what it needs.
     *
     * @param groups the runtime's control groups, whose processes are killed too, and which are removed then
     */
    static Optional<HostReaper> start(HostTools tools, Cookie cookie, List<Path> groups) throws IOException {
        Optional<String> setsid = tools.find("setsid");
        Optional<String> sh = tools.find("sh");
        boolean able = ProcFiles.areThere()
                && tools.find("grep").isPresent()
                && tools.find("xargs").isPresent();
        if (!able || setsid.isEmpty() || sh.isEmpty()) {
            return Optional.empty();
        }
        List<String> command =
                new ArrayList<>(List.of(setsid.get(), sh.get(), "-c", SCRIPT, "procmodel-reaper", cookie.mark()));
        groups.forEach(group -> command.add(group.toString()));
        return Optional.of(new HostReaper(command));
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ProcFiles.PROC.getRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(BaseEnvironment.of(Map.of()));
        return builder.start();
    }

    /** Starts another one if somebody has killed it. */
    synchronized void ensureAlive() throws IOException {
        if (!closed && !process.isAlive()) {
            LOG.warn("the reaper, pid {}, was killed; starting another", process.pid());
            process = start();
        }
    }

    /** The process that is waiting for this JVM's death. */
    synchronized long pid() {
        return process.pid();
    }

    /** Ends the reaper: there is nobody left to kill. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            process.getOutputStream().write(FAREWELL.getBytes(US_ASCII));
            process.getOutputStream().close();
            if (process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            LOG.debug("the reaper has gone before", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
