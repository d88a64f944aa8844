package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One build while it runs, as its {@link Buildpack} sees it: where the app is, where a cache is, and how to run a command
 * and say something. For the thread that builds.
 */
public final class Build {
    private final Workspace workspace;
    private final HostEnvironment host;
    private final BuildLog log;
    private final Deadline deadline;

    Build(Workspace workspace, HostEnvironment host, BuildLog log, Deadline deadline) {
        this.workspace = workspace;
        this.host = host;
        this.log = log;
        this.deadline = deadline;
    }

    /** The root of the app, to be built in place. */
    public Path directory() {
        return workspace.app();
    }

    /** A directory that is kept from one build of the app to the next (Heroku: BLD-15). */
    public Path cacheDirectory() {
        return workspace.cache();
    }

    /** Takes what a person should know about the build. */
    public BuildOutput output() {
        return log;
    }

    /**
     * Finds a program on the {@code PATH} of this machine.
     *
     * @param name its name, for example {@code npm}
     * @param why what needs it, for the error
     * @param install what to install if it is missing, for the error
     * @throws MissingToolException if it is missing
     */
    public Path program(String name, String why, String install) {
        return host.program(name).orElseThrow(() -> new MissingToolException(name, why, install));
    }

    /**
     * Runs a command in the root of the app and waits for its end; its output goes to {@link #output()} as details. It
     * gets a clean environment: the path, language and network settings of this machine, a private {@code HOME} and
     * {@code TMPDIR}, and {@code variables}. Nothing that it starts outlives it.
     *
     * @param command the program and its arguments
     * @param variables more environment variables
     * @throws BuildException if the command cannot be started, ends with a status other than 0, is not through when the
     *     time of the build is over (Heroku: BLD-5), or this thread is interrupted, which is then still so
     */
    public void run(List<String> command, Map<String, String> variables) {
        BuildCommand step = new BuildCommand(command, directory(), environment(variables), host.program("setsid"));
        try {
            int status = step.run(log, deadline.left());
            if (status != 0) {
                throw failure(command, "ended with status " + status + " (expected: 0)", null);
            }
        } catch (TimeoutException e) {
            throw failure(
                    command, "timed out; must complete in " + deadline.limit().toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(command, "was interrupted", e);
        } catch (IOException e) {
            throw failure(command, "could not be run: " + e.getMessage(), e);
        }
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> environment = new LinkedHashMap<>(host.variables());
        environment.put("HOME", workspace.home().toString());
        environment.put("TMPDIR", workspace.temporary().toString());
        environment.putAll(variables);
        return ImmutableMap.copyOf(environment);
    }

    private BuildException failure(List<String> command, String what, @Nullable Exception cause) {
        String shown = String.join(" ", ImmutableList.copyOf(command));
        return new BuildException("build step \"" + shown + "\" " + what, log.lastLines(), cause);
    }
}
