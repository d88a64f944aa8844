package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real git command line, with nobody's configuration. */
final class GitClient {
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path outputs;
    private final List<String> options =
            new ArrayList<>(List.of("-c", "user.name=t", "-c", "user.email=t@example.com"));

    GitClient(Path outputs, String... moreOptions) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "SKIPPED: git is missing");
        this.outputs = outputs;
        options.addAll(List.of(moreOptions));
    }

    record Outcome(int status, String output) {}

    record Running(Process process, Path output) {
        Outcome outcome() throws IOException, InterruptedException {
            try {
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                return new Outcome(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    Running start(Path where, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(options);
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(outputs, "git", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        return new Running(builder.start(), output);
    }

    Outcome run(Path where, String... arguments) throws IOException, InterruptedException {
        return start(where, arguments).outcome();
    }

    /** A working tree whose first commit has a Procfile. */
    Path init(Path work) throws IOException, InterruptedException {
        Files.createDirectory(work);
        run(work, "init", "-q", "-b", "main");
        commit(work, "Procfile", "worker: exec sleep 600\n");
        return work;
    }

    void commit(Path where, String file, String content) throws IOException, InterruptedException {
        Files.createDirectories(where.resolve(file).getParent());
        Files.writeString(where.resolve(file), content);
        assertThat(run(where, "add", "-A").status()).isZero();
        assertThat(run(where, "commit", "-q", "-m", "change " + file).status()).isZero();
    }
}
