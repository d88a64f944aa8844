package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small shell beside a dyno that outlives this JVM: it holds the dyno's pipe open, and when this JVM dies it saves what
 * was not read from it. It is started only for a log that survives this JVM, and reads nothing while this JVM lives.
 */
final class OutputSaver implements AutoCloseable {
    private static final String FAREWELL = "done\n";

    /**
     * Its process id stands in a file from before the dyno's start on: who looks for what was left must know that it may
     * still come. The writers are gone soon, killed by their launcher: then the pipe ends. Its own ends of the host's pipes are closed
     * at the end, which is how the host sees that the pipe is held.
     */
    private static final String SCRIPT = """
            trap '' TERM INT HUP QUIT USR1 USR2
            exec 4<"$1"
            echo $$ >"$2.saver"
            echo held
            read -r word && exit 0
            cat <&4 >"$2.part" && mv -f "$2.part" "$2"
            """;

    private final Process process;

    private OutputSaver(Process process) {
        this.process = process;
    }

    /**
     * Starts a saver, where the host can; returns when it holds the pipe.
     *
     * @param pipe a named pipe that somebody holds open for writing
     * @param leftovers where it saves what is left: first in a file of this name and {@code .part}; its process id stands
     *     in one with {@code .saver}
     */
    static Optional<OutputSaver> start(HostTools tools, Path pipe, Path leftovers) throws IOException {
        Optional<String> sh = tools.find("sh");
        Optional<String> setsid = tools.find("setsid");
        if (sh.isEmpty() || setsid.isEmpty()) {
            return Optional.empty();
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        setsid.get(), sh.get(), "-c", SCRIPT, "procmodel-saver", pipe.toString(), leftovers.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(BaseEnvironment.of(Map.of()));
        Process process = builder.start();
        if (process.getInputStream().read() < 0) {
            process.destroyForcibly();
            throw new IOException("nothing holds the output pipe " + pipe);
        }
        return Optional.of(new OutputSaver(process));
    }

    /** Ends the saver: everything has been read. */
    @Override
    public void close() {
        try {
            process.getOutputStream().write(FAREWELL.getBytes(US_ASCII));
            process.getOutputStream().close();
        } catch (IOException e) {
            // Somebody has killed it.
            process.destroyForcibly();
        }
    }
}
