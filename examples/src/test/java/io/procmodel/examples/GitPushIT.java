package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real git command line against the example server. */
@DisabledOnOs(OS.WINDOWS)
class GitPushIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private Platform platform;
    private App shop;
    private GitPush server;
    private Path work;

    private record Outcome(int status, String output) {}

    @BeforeEach
    void openServer() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "SKIPPED: git is missing");
        platform = Platform.builder().home(directory.resolve("home")).open();
        shop = platform.createApp("shop");
        server = new GitPush(platform, directory.resolve("git"), 0);
        work = Files.createDirectory(directory.resolve("work"));
        git(work, "init", "-q", "-b", "main");
        commit(work, "Procfile", "worker: exec sleep 600\n");
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
            platform.close();
        }
    }

    private Outcome git(Path where, String... arguments) throws IOException, InterruptedException {
        return started(where, arguments).outcome();
    }

    private Pushing started(Path where, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.com"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "git", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        return new Pushing(builder.start(), output);
    }

    private record Pushing(Process process, Path output) {
        Outcome outcome() throws IOException, InterruptedException {
            try {
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                return new Outcome(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private void commit(Path where, String file, String content) throws IOException, InterruptedException {
        Files.createDirectories(where.resolve(file).getParent());
        Files.writeString(where.resolve(file), content);
        assertThat(git(where, "add", "-A").status()).isZero();
        assertThat(git(where, "commit", "-q", "-m", "change " + file).status()).isZero();
    }

    private Outcome push(String... refs) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("push", server.url("shop")));
        arguments.addAll(List.of(refs));
        return git(work, arguments.toArray(String[]::new));
    }

    private String remoteHead() throws IOException, InterruptedException {
        return git(work, "ls-remote", server.url("shop"), "refs/heads/main").output();
    }

    @Test
    void aPushBuildsDeploysAndShowsTheBuild() throws Exception {
        Outcome pushed = push("main");

        assertThat(pushed.status()).as(pushed.output()).isZero();
        assertThat(pushed.output())
                .contains("remote: -----> Compressing...")
                .contains("remote:        Released v2")
                .contains("main -> main");
        assertThat(shop.releases().current().version()).isEqualTo(2);
        shop.formation().scale("worker=1");
        shop.dynos().awaitUp(LIMIT);
        assertThat(shop.dynos().list()).hasSize(1);

        commit(work, "greeting", "hello\n");
        assertThat(push("main").output()).contains("Released v3");
        assertThat(push("main").output()).contains("Everything up-to-date");
        assertThat(shop.releases().list()).hasSize(3);
    }

    /** BLD-4. */
    @Test
    void aFailingBuildRejectsThePushAndChangesNothing() throws Exception {
        push("main");
        Release before = shop.releases().current();
        String headBefore = remoteHead();
        commit(work, "Procfile", "web node server.js\n");

        Outcome pushed = push("main");

        assertThat(pushed.status()).isNotZero();
        assertThat(pushed.output())
                .contains("Procfile has 1 error")
                .contains("missing-colon")
                .contains("remote:  !     Push rejected: nothing has changed.")
                .contains("! [remote rejected] main -> main (build failed)");
        assertThat(shop.releases().current()).isEqualTo(before);
        assertThat(shop.releases().list()).hasSize(2);
        assertThat(remoteHead()).isEqualTo(headBefore);

        commit(work, "Procfile", "worker: exec sleep 599\n");
        assertThat(push("main").output()).contains("Released v3");
    }

    /** BLD-1. */
    @Test
    void anotherBranchIsKeptAndNotBuilt() throws Exception {
        Outcome pushed = push("main:feature");

        assertThat(pushed.status()).as(pushed.output()).isZero();
        assertThat(pushed.output()).contains("nothing is built").contains("main -> feature");
        assertThat(shop.releases().list()).hasSize(1);
        assertThat(push("feature:main").status()).isNotZero();
        assertThat(push("--delete", "feature").status()).isZero();

        push("main");
        Outcome deleted = push("--delete", "main");
        assertThat(deleted.output()).contains("cannot be deleted");
        assertThat(remoteHead()).isNotEmpty();
    }

    @Test
    void ofTwoPushesAtOnceOneIsDeployedAndTheOtherToldToFetch() throws Exception {
        push("main");
        Path other = directory.resolve("other");
        assertThat(git(directory, "clone", "-q", server.url("shop"), other.toString())
                        .status())
                .isZero();
        commit(work, "Procfile", "web: exec sleep 601\n");
        commit(other, "Procfile", "web: exec sleep 602\n");

        Pushing first = started(work, "push", server.url("shop"), "main");
        Pushing second = started(other, "push", server.url("shop"), "main");
        List<Outcome> outcomes = List.of(first.outcome(), second.outcome());

        assertThat(outcomes.stream().filter(outcome -> outcome.status() == 0))
                .as("%s", outcomes)
                .hasSize(1);
        assertThat(shop.releases().list()).hasSize(3);
        int winner = outcomes.get(0).status() == 0 ? 601 : 602;
        assertThat(shop.releases().current().processTypes().get(0).command()).isEqualTo("exec sleep " + winner);
    }

    @Test
    void aBigPushAndAForcedOneAreTaken() throws Exception {
        byte[] noise = new byte[20 << 20];
        new Random(1).nextBytes(noise);
        Files.write(work.resolve("noise.bin"), noise);
        Files.writeString(work.resolve("run.sh"), "#!/bin/sh\n");
        assertThat(work.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(work.resolve("link"), Path.of("run.sh"));
        commit(work, "many/file", "x");
        for (int i = 0; i < 500; i++) {
            Files.writeString(work.resolve("many/file-" + i), "content " + i);
        }
        commit(work, "last", "y");

        Outcome pushed = push("main");
        assertThat(pushed.status()).as(pushed.output()).isZero();
        assertThat(shop.releases().current().slug().orElseThrow().unpackedBytes())
                .isGreaterThan(noise.length);

        assertThat(git(work, "commit", "-q", "--amend", "-m", "other").status()).isZero();
        assertThat(push("main").output()).contains("rejected");
        assertThat(push("--force", "main").output()).contains("Released v3");
    }

    @Test
    void unknownAppsAreNotFound() throws Exception {
        Outcome pushed = git(work, "push", server.url("nobody"), "main");

        assertThat(pushed.status()).isNotZero();
        assertThat(pushed.output()).contains("not found");
        assertThat(directory.resolve("git/nobody.git")).doesNotExist();
    }
}
