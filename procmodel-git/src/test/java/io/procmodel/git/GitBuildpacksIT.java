package io.procmodel.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.BuildpackException;
import io.procmodel.build.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** BLD-17 and BLD-22: buildpacks in git repositories, and the commit that a build is of. */
@DisabledOnOs(OS.WINDOWS)
class GitBuildpacksIT {
    private static final PersonIdent SOMEBODY = new PersonIdent("t", "t@example.com");

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private Path repository;
    private Git git;
    private Platform platform;
    private App shop;
    private Source source;

    @BeforeEach
    void open() throws Exception {
        repository = directory.resolve("greeter");
        git = Git.init()
                .setDirectory(repository.toFile())
                .setInitialBranch("trunk")
                .call();
        Path app = Files.createDirectory(directory.resolve("app"));
        Files.writeString(app.resolve("Procfile"), "worker: sleep 1000\n");
        source = Source.directory(app);
        platform = Platform.builder()
                .home(directory.resolve("home"))
                .buildpacks(GitBuildpacks.create())
                .open();
        shop = platform.createApp("shop");
    }

    @AfterEach
    void close() {
        platform.close();
        git.close();
    }

    /** A buildpack that says this, and which commit it builds. */
    private RevCommit commit(String saying) throws Exception {
        script("detect", "echo Greeter");
        script("compile", "echo " + saying + "; cat \"${0%/*}/../lib/more\"; echo \"of ${SOURCE_VERSION-nothing}\"");
        Files.createDirectories(repository.resolve("lib"));
        Files.writeString(repository.resolve("lib/more"), "more\n");
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage(saying)
                .setAuthor(SOMEBODY)
                .setCommitter(SOMEBODY)
                .setSign(false)
                .call();
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.createDirectories(repository.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> build(String buildpack) {
        lines.clear();
        shop.buildpacks().set(buildpack);
        shop.build(source, lines::add);
        return lines;
    }

    @Test
    void theHeadAndBranchesTagsAndCommitsAreBuiltWith() throws Exception {
        RevCommit one = commit("one");
        git.tag()
                .setName("v1")
                .setAnnotated(true)
                .setTagger(SOMEBODY)
                .setSigned(false)
                .call();
        git.checkout().setCreateBranch(true).setName("next").call();
        commit("two");
        git.checkout().setName("trunk").call();
        String address = "file://" + repository;

        assertThat(build(address))
                .containsSubsequence(
                        "-----> Fetching buildpack " + address,
                        "-----> Greeter app detected",
                        "one",
                        "more",
                        "of nothing");
        assertThat(build(address + "#next")).contains("two");
        assertThat(build(address + "#v1")).contains("one");
        assertThat(build(address + "#" + one.name())).contains("one");
        assertThat(build(repository + "/.git#next")).contains("two");
        assertThatThrownBy(() -> build(address + "#v2"))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("greeter#v2: has no revision \"v2\" (expected: a branch, a tag or a commit)");
    }

    @Test
    void eachBuildFetchesWhatIsNewEvenWhenHistoryWasRewritten() throws Exception {
        commit("one");
        String address = "file://" + repository;
        assertThat(build(address)).contains("one");
        commit("two");
        assertThat(build(address)).contains("two");
        git.commit()
                .setAmend(true)
                .setMessage("again")
                .setAuthor(SOMEBODY)
                .setCommitter(SOMEBODY)
                .setSign(false)
                .call();
        commit("three");
        assertThat(build(address)).contains("three");
    }

    @Test
    void whatWasKeptMayBeDamagedOrGone() throws Exception {
        commit("one");
        String address = "file://" + repository;
        build(address);
        Path kept = directory.resolve("home/cache/.buildpacks/shop");
        try (Stream<Path> files = Files.walk(kept)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                Files.writeString(file, "damaged");
            }
        }
        assertThat(build(address)).as("begun anew").contains("one");

        try (Stream<Path> files = Files.walk(kept)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/objects/"))
                    .toList()) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                Files.writeString(file, "damaged");
            }
        }
        assertThatThrownBy(() -> build(address)).isInstanceOf(BuildpackException.class);
        assertThat(build(address)).as("begun anew").contains("one");
    }

    @Test
    void aBranchThatADeadProcessHasLockedIsFetchedAllTheSame() throws Exception {
        commit("one");
        String address = "file://" + repository + "#trunk";
        assertThat(build(address)).contains("one");
        try (Stream<Path> files = Files.walk(directory.resolve("home/cache/.buildpacks/shop"))) {
            Path branches = files.filter(file -> file.endsWith("refs/heads"))
                    .findFirst()
                    .orElseThrow();
            Files.createFile(branches.resolve("trunk.lock"));
        }

        commit("two");

        assertThat(build(address)).contains("two");
    }

    @Test
    void aRepositoryThatIsNotToBeHadFailsTheBuild() {
        assertThatThrownBy(() -> build("file://" + directory.resolve("missing")))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("missing: cannot be fetched: ")
                .hasMessageContaining("(expected: a git repository with bin/detect and bin/compile)");
        assertThatThrownBy(() -> build("http://me:s3cret@127.0.0.1:1/x.git"))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("buildpack http://127.0.0.1:1/x.git: cannot be fetched: ")
                .hasMessageNotContaining("s3cret");
        for (String secret : List.of("s3cret", "s3cret:x-oauth-basic", "me:pass@s3cret")) {
            assertThatThrownBy(() -> build("http://" + secret + "@127.0.0.1:1/x.git"))
                    .isInstanceOf(BuildpackException.class)
                    .hasMessageContaining("buildpack http://127.0.0.1:1/x.git: cannot be fetched: ")
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }
        assertThat(lines).noneMatch(line -> line.contains("s3cret"));
        assertThatThrownBy(() -> build("file://" + repository))
                .as("an empty repository")
                .isInstanceOf(BuildpackException.class);
    }

    @Test
    void aBuildOfARevisionSeesItsCommit() throws Exception {
        commit("one");
        Files.writeString(repository.resolve("Procfile"), "worker: sleep 1000\n");
        RevCommit two = commit("two");
        source = GitSource.of(repository);

        assertThat(build("file://" + repository)).contains("of " + two.name());
    }
}
