package io.procmodel.build;

import com.google.common.collect.ImmutableSet;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One build while it runs, as its {@link Buildpack} sees it: where the app is, where a cache is, and how to run a command
 * and say something. For the thread that builds.
 */
public final class Build {
    /** Config vars that would break the tools of a build if it exported them (Heroku: BLD-16). */
    private static final Set<String> NOT_EXPORTED = ImmutableSet.of(
            "PATH", "GIT_DIR", "CPATH", "CPPATH", "LD_PRELOAD", "LIBRARY_PATH", "LANG", "BUILD_DIR", "HOME", "TMPDIR");

    private final Workspace workspace;
    private final ConfigVars config;
    private final HostEnvironment host;
    private final BuildLog log;
    private final Steps steps;

    Build(Workspace workspace, ConfigVars config, HostEnvironment host, BuildLog log, Steps steps) {
        this.workspace = workspace;
        this.config = config;
        this.host = host;
        this.log = log;
        this.steps = steps;
    }

    /** The root of the app, to be built in place. */
    public Path directory() {
        return workspace.app();
    }

    /** A directory that is kept from one build of the app to the next (Heroku: BLD-15). */
    public Path cacheDirectory() {
        return workspace.cache();
    }

    /** The config vars of the app. Commands of {@link #run} see most of them. */
    public ConfigVars config() {
        return config;
    }

    /** Takes what a person should know about the build. */
    public BuildOutput output() {
        return log;
    }

    /** Whether the app has this file at its root, or below it. */
    public boolean has(String path) {
        return Files.isRegularFile(directory().resolve(path));
    }

    /** The program of that name on the {@code PATH} of this machine. */
    public Optional<Path> findProgram(String name) {
        return host.program(name);
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
     * {@code TMPDIR}, {@code STACK}, the config vars but those that would break a tool (Heroku: BLD-16), and
     * {@code variables}. Nothing that it starts outlives it.
     *
     * @param command the program and its arguments
     * @param variables more environment variables
     * @throws BuildException if the command cannot be started, ends with a status other than 0, is not through when the
     *     time of the build is over (Heroku: BLD-5), the build is cancelled, or this thread is interrupted, which is then
     *     still so
     */
    public void run(List<String> command, Map<String, String> variables) {
        requireSuccess(command, steps.run(command, environment(variables), log::detail));
    }

    /**
     * Runs a command as {@link #run} does and gives its standard output, of which a megabyte is kept at most, without line
     * ends at its end.
     *
     * @throws BuildException as {@link #run} does
     */
    public String capture(List<String> command, Map<String, String> variables) {
        StringBuilder output = new StringBuilder();
        requireSuccess(command, steps.capture(command, environment(variables), log::detail, output));
        return output.toString().stripTrailing();
    }

    /** Runs a command as {@link #run} does, quietly, and says whether it ended with status 0. */
    public boolean succeeds(List<String> command, Map<String, String> variables) {
        return steps.run(command, environment(variables), BuildOutput.discarding()) == 0;
    }

    /**
     * Puts what an earlier build kept into the app, if it did.
     *
     * @param name what it was kept as
     * @param path a directory of the app that does not exist yet; nothing happens if it does
     */
    public void restore(String name, String path) {
        Path kept = cacheDirectory().resolve(name);
        Path place = directory().resolve(path);
        if (Files.isDirectory(kept) && !Files.exists(place)) {
            copy(kept, place);
        }
    }

    /**
     * Keeps a directory of the app for later builds, in place of what was kept as {@code name} before. A build that dies
     * meanwhile leaves the old, the new or nothing, and never a part of one.
     */
    public void keep(String path, String name) {
        Path kept = cacheDirectory().resolve(name);
        Path coming = kept.resolveSibling(kept.getFileName() + ".new");
        try {
            FileTree.delete(coming);
            copy(directory().resolve(path), coming);
            FileTree.delete(kept);
            Files.move(coming, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageException("replace", kept, e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            FileTree.copy(from, to);
        } catch (IOException e) {
            throw new StorageException("copy " + from + " to", to, e);
        }
    }

    /**
     * Has every dyno source a shell file before its command (Heroku: DYN-36).
     *
     * @param name the name of the file in {@code .profile.d}, ending in {@code .sh}
     * @param script what bash reads there
     */
    public void profile(String name, String script) {
        write(".profile.d/" + name, script);
    }

    /**
     * Reads a text file of the app.
     *
     * @throws BuildException if it is not text in UTF-8, or cannot be read
     */
    public String read(String path) {
        try {
            return Files.readString(directory().resolve(path));
        } catch (IOException e) {
            throw new BuildException(path + ": cannot be read: " + e + " (expected: text in UTF-8)");
        }
    }

    /** Writes a text file into the app, in directories that are made when they are missing. */
    public void write(String path, String text) {
        Path file = directory().resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new StorageException("write", file, e);
        }
    }

    private void requireSuccess(List<String> command, int status) {
        if (status != 0) {
            throw steps.failure(command, "ended with status " + status + " (expected: 0)", null);
        }
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> environment = new LinkedHashMap<>(config.asMap());
        environment.keySet().removeAll(NOT_EXPORTED);
        environment.putAll(variables);
        return environment;
    }

    Steps steps() {
        return steps;
    }

    Workspace workspace() {
        return workspace;
    }
}
