package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The virtual environment of a Python app, in its slug. Python makes it for one place; {@link #makeMovable} makes it work
 * wherever a dyno has it, on the machine that has the Python it was made with.
 */
final class VirtualEnvironment {
    static final String PATH = ".heroku/python";
    static final String REQUIREMENTS = ".heroku/requirements.txt";

    private static final String INTERPRETER = "python3";
    private static final String PROFILE = """
            export VIRTUAL_ENV="$HOME/.heroku/python"
            export PATH="$VIRTUAL_ENV/bin:$PATH"
            export PYTHONUNBUFFERED="${PYTHONUNBUFFERED:-1}"
            """;

    private final Build build;

    private VirtualEnvironment(Build build) {
        this.build = build;
    }

    /** Makes it; {@code withPip} costs seconds, so an app without dependencies does without. */
    static VirtualEnvironment create(Build build, Path python, boolean withPip) {
        ImmutableList.Builder<String> command =
                ImmutableList.<String>builder().add(python.toString(), "-m", "venv", "--copies", "--clear");
        if (!withPip) {
            command.add("--without-pip");
        }
        build.run(command.add(PATH).build(), variables(build));
        return new VirtualEnvironment(build);
    }

    /** Installs what a file of requirements asks for. */
    void install(String requirements) {
        build.run(
                List.of(
                        PATH + "/bin/" + INTERPRETER,
                        "-m",
                        "pip",
                        "install",
                        "--no-input",
                        "--progress-bar=off",
                        "--requirement",
                        requirements),
                variables(build));
    }

    /** No compiled files: they hold times and the path of this build, so that no two slugs would be alike. */
    private static Map<String, String> variables(Build build) {
        return Map.of(
                "PIP_CACHE_DIR", LanguageBuildpack.cache(build, "pip"),
                "PIP_DISABLE_PIP_VERSION_CHECK", "1",
                "PIP_ROOT_USER_ACTION", "ignore",
                "PIP_NO_COMPILE", "1",
                "PYTHONDONTWRITEBYTECODE", "1");
    }

    /**
     * Takes the place of the build out of the environment: scripts find their interpreter on the path, where a dyno's
     * profile puts it, and the interpreter finds the environment beside itself.
     */
    void makeMovable() {
        Path root = build.directory().resolve(PATH);
        try {
            forgetCommand(root.resolve("pyvenv.cfg"));
            try (DirectoryStream<Path> programs = Files.newDirectoryStream(root.resolve("bin"))) {
                for (Path program : programs) {
                    makeMovable(program);
                }
            }
        } catch (IOException e) {
            throw new StorageException("make movable", root, e);
        }
        build.profile("python.sh", PROFILE);
    }

    private static void forgetCommand(Path settings) throws IOException {
        List<String> kept = Files.readAllLines(settings).stream()
                .filter(line -> !line.startsWith("command ="))
                .toList();
        Files.write(settings, kept);
    }

    private void makeMovable(Path program) throws IOException {
        String name = program.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).startsWith("activate")) {
            Files.delete(program);
        } else if (name.matches("python[0-9.]*") && !name.equals(INTERPRETER)) {
            Files.delete(program);
            Files.createSymbolicLink(program, Path.of(INTERPRETER));
        } else if (Files.isRegularFile(program, LinkOption.NOFOLLOW_LINKS) && !name.equals(INTERPRETER)) {
            findInterpreterOnPath(program);
        }
    }

    /** Also in the form of a shell script, which pip writes where the path is too long for the first line. */
    private void findInterpreterOnPath(Path script) throws IOException {
        String text = new String(Files.readAllBytes(script), StandardCharsets.ISO_8859_1);
        String place = build.directory().resolve(PATH) + "/bin/";
        String shebang = "#!/usr/bin/env " + INTERPRETER + "\n";
        if (text.startsWith("#!/bin/sh\n'''exec' ") && text.contains(place)) {
            text = shebang + text.substring(text.indexOf("' '''\n") + "' '''\n".length());
        } else if (text.startsWith("#!" + place)) {
            text = shebang + text.substring(text.indexOf('\n') + 1);
        }
        Files.write(script, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
