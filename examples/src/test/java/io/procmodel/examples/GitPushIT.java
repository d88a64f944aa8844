package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.examples.GitClient.Outcome;
import io.procmodel.examples.GitClient.Running;
import io.procmodel.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real git command line against the example server. */
@DisabledOnOs(OS.WINDOWS)
class GitPushIT {
    private static final Duration LIMIT = GitClient.LIMIT;

    @TempDir
    Path directory;

    private Platform platform;
    private App shop;
    private GitPush server;
    private GitClient client;
    private Path work;

    @BeforeEach
    void openServer() throws Exception {
        client = new GitClient(directory);
        platform = Platform.builder().home(directory.resolve("home")).open();
        shop = platform.createApp("shop");
        server = new GitPush(platform, directory.resolve("git"), 0);
        work = client.init(directory.resolve("work"));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
            platform.close();
        }
    }

    private Outcome git(Path where, String... arguments) throws IOException, InterruptedException {
        return client.run(where, arguments);
    }

    private void commit(Path where, String file, String content) throws IOException, InterruptedException {
        client.commit(where, file, content);
    }

    /** The files of the server's packs. */
    private List<String> packs() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("git/shop.git/objects/pack"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
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
        List<String> packsBefore = packs();
        commit(work, "Procfile", "web node server.js\n");

        Outcome pushed = push("main");

        assertThat(pushed.status()).isNotZero();
        assertThat(pushed.output())
                .contains("Procfile has 1 error")
                .contains("missing-colon")
                .contains("remote:  !     Push rejected: nothing has changed.")
                .contains("! [remote rejected] main -> main (build failed)")
                .doesNotContain(directory.resolve("home").toString());
        assertThat(shop.releases().current()).isEqualTo(before);
        assertThat(shop.releases().list()).hasSize(2);
        assertThat(remoteHead()).isEqualTo(headBefore);
        assertThat(packs()).hasSize(2).isEqualTo(packsBefore);

        assertThat(push("main:feature").status()).isZero();
        assertThat(packs()).hasSize(4);
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

        Running first = client.start(work, "push", server.url("shop"), "main");
        Running second = client.start(other, "push", server.url("shop"), "main");
        List<Outcome> outcomes = List.of(first.outcome(), second.outcome());

        assertThat(outcomes.stream().filter(outcome -> outcome.status() == 0))
                .as("%s", outcomes)
                .hasSize(1);
        assertThat(shop.releases().list()).hasSize(3);
        int winner = outcomes.get(0).status() == 0 ? 601 : 602;
        assertThat(shop.releases().current().processTypes().get(0).command()).isEqualTo("exec sleep " + winner);
    }

    @Test
    void aPushOfManyFilesAndAForcedOneAreTaken() throws Exception {
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
        assertThat(shop.run("./run.sh; cat link many/file-499").capture(LIMIT).output())
                .isEqualTo("#!/bin/sh\ncontent 499");

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
