package io.procmodel.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine with nothing but a shell and its usual companions, and tool-chains that only say how they were called: for
 * tests of what a buildpack runs, wherever the real tools are.
 */
final class FakeTools {
    private static final List<String> COMPANIONS = List.of(
            "sh", "bash", "setsid", "env", "grep", "cat", "mkdir", "touch", "cp", "ln", "rm", "sleep", "printf", "ls");

    private final Path directory;
    private final Path calls;

    FakeTools(Path parent) throws IOException {
        directory = Files.createDirectories(parent.resolve("tools"));
        calls = parent.resolve("calls");
        HostEnvironment host = new HostEnvironment(System.getenv());
        for (String name : COMPANIONS) {
            Optional<Path> program = host.program(name);
            if (program.isPresent()) {
                write(name, "exec " + program.get() + " \"$@\"");
            }
        }
    }

    private void write(String name, String script) throws IOException {
        Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
    }

    /** Adds a program that notes its arguments and then does what a script says. */
    FakeTools with(String name, String script) throws IOException {
        write(name, "echo \"" + name + " $*\" >> '" + calls + "'\n" + script);
        return this;
    }

    /** Adds a program that notes its arguments and tells its version when it is asked. */
    FakeTools withVersion(String name, String version) throws IOException {
        return with(name, "case $1 in -version|--version|version) echo '" + version + "';; esac");
    }

    /** The command lines so far, without those that asked for a version. */
    List<String> calls() throws IOException {
        return Files.exists(calls)
                ? Files.readAllLines(calls).stream()
                        .filter(call -> !call.endsWith("version"))
                        .toList()
                : List.of();
    }

    Map<String, String> environment() {
        return Map.of("PATH", directory.toString());
    }
}
