package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.pipe.OutputChannels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of one build, each within what is left of its time, and says in one way why one failed. Every command
 * sees the environment of BLD-16 and BLD-17, and what the buildpacks before it exported (BLD-19).
 */
final class Steps {
    private static final int CAPTURED_BYTES = 1 << 20;

    /** Sources every file up to {@code --} and becomes the command behind it. */
    private static final String SOURCING = "while [ \"$1\" != -- ]; do . \"$1\"; shift; done; shift; exec \"$@\"";

    private final StepLauncher launcher;
    private final OutputChannels channels;
    private final Path directory;
    private final ImmutableMap<String, String> environment;
    private final HostEnvironment host;
    private final BuildLog log;
    private final Deadline deadline;
    private final CompletableFuture<?> cancelled;
    private final List<Path> exports;

    Steps(
            StepLauncher launcher,
            OutputChannels channels,
            Path directory,
            Map<String, String> environment,
            HostEnvironment host,
            BuildLog log,
            Deadline deadline,
            CompletableFuture<?> cancelled) {
        this.launcher = launcher;
        this.channels = channels;
        this.directory = directory;
        this.environment = ImmutableMap.copyOf(environment);
        this.host = host;
        this.log = log;
        this.deadline = deadline;
        this.cancelled = cancelled;
        this.exports = new ArrayList<>();
    }

    private Steps(Steps other, Path directory, List<Path> exports) {
        this.launcher = other.launcher;
        this.channels = other.channels;
        this.directory = directory;
        this.environment = other.environment;
        this.host = other.host;
        this.log = other.log;
        this.deadline = other.deadline;
        this.cancelled = other.cancelled;
        this.exports = exports;
    }

    /** One way to run a command; the result is its exit status. */
    private interface Run {
        int with(BuildCommand command) throws TimeoutException, InterruptedException, IOException;
    }

    /** The same steps in an environment that nothing was exported to, for {@code bin/release} (BLD-18). */
    Steps withoutExports() {
        return new Steps(this, directory, new ArrayList<>());
    }

    /** The same steps in another working directory. */
    Steps in(Path other) {
        return new Steps(this, other, exports);
    }

    /** Has every later command see what a shell file exports (BLD-19). */
    void export(Path shellFile) {
        exports.add(shellFile);
    }

    /** Runs a command whose output, both streams in order, goes to {@code lines}; gives its status. */
    int run(List<String> command, Map<String, String> more, BuildOutput lines) {
        return attempt(command, more, step -> step.run(lines, deadline.left(), cancelled));
    }

    /**
     * Runs a command and hands its standard output over, up to a megabyte; its standard error goes to {@code lines}.
     *
     * @return its exit status
     */
    int capture(List<String> command, Map<String, String> more, BuildOutput lines, StringBuilder output) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int status = attempt(command, more, step -> step.run(atMost(bytes), lines, deadline.left(), cancelled));
        output.append(bytes.toString(StandardCharsets.UTF_8));
        return status;
    }

    /** What comes after the first megabyte is read, so that the command goes on, and forgotten. */
    private static OutputStream atMost(ByteArrayOutputStream bytes) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                if (bytes.size() < CAPTURED_BYTES) {
                    bytes.write(b);
                }
            }

            @Override
            public void write(byte[] from, int offset, int length) {
                bytes.write(from, offset, Math.min(length, CAPTURED_BYTES - bytes.size()));
            }
        };
    }

    private int attempt(List<String> command, Map<String, String> more, Run run) {
        requireNotCancelled();
        try {
            return run.with(new BuildCommand(launcher, channels, sourcingExports(command), directory, with(more)));
        } catch (TimeoutException e) {
            throw failure(command, deadline.overrun(), e);
        } catch (CancellationException e) {
            throw cancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(command, "was interrupted", e);
        } catch (IOException e) {
            throw failure(command, "could not be run: " + e.getMessage(), e);
        }
    }

    private List<String> sourcingExports(List<String> command) {
        List<String> files = exports.stream()
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .toList();
        if (files.isEmpty()) {
            return command;
        }
        Path bash = host.program("bash")
                .orElseThrow(() -> new MissingToolException("bash", "the export file of a buildpack", "bash"));
        return ImmutableList.<String>builder()
                .add(bash.toString(), "-c", SOURCING, "procmodel-build")
                .addAll(files)
                .add("--")
                .addAll(command)
                .build();
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        merged.putAll(more);
        return ImmutableMap.copyOf(merged);
    }

    /**
     * Ends a build that is cancelled, or whose time is over, between its steps.
     *
     * @throws BuildException if so
     */
    void requireTime() {
        requireNotCancelled();
        if (deadline.left().isZero()) {
            throw new BuildException("the build " + deadline.overrun(), log.lastLines(), null);
        }
    }

    /** What is left of the build's time. */
    Duration timeLeft() {
        return deadline.left();
    }

    /** Whether the build is cancelled, or its time is over. */
    boolean isOver() {
        return cancelled.isDone()
                || deadline.left().isZero()
                || Thread.currentThread().isInterrupted();
    }

    private void requireNotCancelled() {
        if (cancelled.isDone()) {
            throw cancelled();
        }
    }

    private BuildCancelledException cancelled() {
        return new BuildCancelledException(log.lastLines());
    }

    /** The error of a step. */
    BuildException failure(List<String> command, String what, @Nullable Exception cause) {
        return new BuildException("build step \"" + String.join(" ", command) + "\" " + what, log.lastLines(), cause);
    }
}
