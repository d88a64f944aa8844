package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.examples.GitClient.Outcome;
import io.procmodel.examples.GitClient.Running;
import io.procmodel.release.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example server in a JVM of its own, with little memory, that is killed while it is pushed to;
 * {@code -Dprocmodel.kills=100} kills it at as many random instants more, and {@code -Dprocmodel.git.megabytes=100} makes
 * the first push that large.
 */
@DisabledOnOs(OS.WINDOWS)
class GitPushKilledIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 0);
    private static final int MEGABYTES = Integer.getInteger("procmodel.git.megabytes", 20);
    private static final String LITTLE_MEMORY = "-Xmx128m";
    private static final int LONGEST_PUSH_MILLIS = 1500;

    @TempDir
    Path directory;

    private final Random random = new Random(5);
    private GitClient client;
    private Path home;
    private Path repository;
    private Path work;
    private Path started;
    private Path slow;
    private Process server;
    private String url;

    @BeforeEach
    void prepare() throws Exception {
        client = new GitClient(directory);
        home = directory.resolve("home");
        repository = home.resolve("git/shop.git");
        started = directory.resolve("started");
        slow = directory.resolve("slow");
        Path buildpack = directory.resolve("buildpack");
        script(buildpack.resolve("bin/detect"), "echo Slow");
        script(buildpack.resolve("bin/compile"), "> " + started + "; [ ! -e " + slow + " ] || exec sleep 1000");
        try (Platform platform = Platform.builder().home(home).open()) {
            platform.createApp("shop").buildpacks().set(buildpack.toString());
        }
        work = client.init(directory.resolve("work"));
    }

    @AfterEach
    void kill() throws InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void startServer() throws IOException {
        server = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        LITTLE_MEMORY,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GitPush.class.getName(),
                        home.toString(),
                        "0",
                        "shop"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("git push ")) {
            line = said.readLine();
        }
        assertThat(line).as("what the server says").isNotNull();
        url = line.substring("git push ".length(), line.lastIndexOf(' '));
    }

    private Outcome push() throws IOException, InterruptedException {
        return client.run(work, "push", url, "main");
    }

    private String branch() throws IOException, InterruptedException {
        return client.run(repository, "rev-parse", "main").output().strip();
    }

    private void assertThatTheRepositoryIsValid() throws IOException, InterruptedException {
        Outcome checked = client.run(repository, "fsck", "--full", "--strict");
        assertThat(checked.status()).as(checked.output()).isZero();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void aServerThatIsKilledWhileItIsPushedToChangesNothingAndTheNextPushWorks() throws Exception {
        byte[] noise = new byte[MEGABYTES << 20];
        random.nextBytes(noise);
        Files.write(work.resolve("noise.bin"), noise);
        client.commit(work, "greeting", "hello\n");
        startServer();
        Outcome first = push();
        assertThat(first.output()).contains("Released v2");
        String before = branch();
        Files.delete(work.resolve("noise.bin"));
        Files.delete(started);
        Files.createFile(slow);
        client.commit(work, "greeting", "hello again\n");

        Running second = client.start(work, "push", url, "main");
        await().atMost(GitClient.LIMIT).until(() -> Files.exists(started));
        server.destroyForcibly().waitFor();

        assertThat(second.outcome().status()).isNotZero();
        assertThatTheRepositoryIsValid();
        assertThat(branch()).isEqualTo(before);
        abandonedFiles();
        Files.delete(slow);
        startServer();
        Outcome third = push();
        assertThat(third.output()).contains("Released v3").contains("main -> main");
        killAtRandomInstants();
        assertThatNothingIsLeft();
    }

    /** What a death at a worse moment leaves: a branch locked, a pack without its index, and half a pack. */
    private void abandonedFiles() throws IOException {
        Files.createFile(repository.resolve("refs/heads/main.lock"));
        Files.createFile(repository.resolve("objects/incoming_1.pack"));
        Files.createFile(repository.resolve("objects/pack/pack-" + "0".repeat(40) + ".pack"));
    }

    private void killAtRandomInstants() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            client.commit(work, "greeting", "hello number " + i + "\n");
            Running push = client.start(work, "push", url, "main");
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PUSH_MILLIS));
            server.destroyForcibly().waitFor();
            push.outcome();
            assertThatTheRepositoryIsValid();
            startServer();
            Outcome again = push();
            assertThat(again.status()).as("kill %s: %s", i, again.output()).isZero();
        }
    }

    private void assertThatNothingIsLeft() throws Exception {
        server.destroyForcibly().waitFor();
        assertThatTheRepositoryIsValid();
        assertThat(branch())
                .isEqualTo(client.run(work, "rev-parse", "main").output().strip());
        try (Stream<Path> files = Files.walk(repository)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(
                            name -> name.endsWith(".lock") || name.endsWith(".keep") || name.startsWith("incoming_"));
        }
        try (Platform platform = Platform.builder().home(home).open()) {
            App shop = platform.findApp("shop").orElseThrow();
            List<Release> releases = shop.releases().list();
            assertThat(releases).hasSizeGreaterThanOrEqualTo(3 + KILLS);
            if (KILLS == 0) {
                assertThat(releases).hasSize(3);
            }
            assertThat(shop.run("cat greeting").capture(GitClient.LIMIT).output())
                    .isEqualTo(Files.readString(work.resolve("greeting")));
        }
    }
}
