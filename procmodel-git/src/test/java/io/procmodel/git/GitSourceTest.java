package io.procmodel.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.build.SourceException;
import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    private static final PersonIdent SOMEBODY = new PersonIdent("t", "t@example.com");

    @TempDir
    Path directory;

    private Path repository;
    private Path target;
    private Git git;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void makeRepository() throws Exception {
        repository = directory.resolve("repository");
        target = Files.createDirectory(directory.resolve("target"));
        git = Git.init()
                .setDirectory(repository.toFile())
                .setInitialBranch("main")
                .call();
        Files.writeString(repository.resolve("Procfile"), "web: one\r\n");
        Files.createDirectories(repository.resolve("bin"));
        Files.writeString(repository.resolve("bin/run"), "#!/bin/sh\n");
        assertThat(repository.resolve("bin/run").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(repository.resolve("start"), Path.of("bin/run"));
        commit("one");
    }

    @AfterEach
    void closeRepository() {
        git.close();
    }

    private RevCommit commit(String message) throws GitAPIException {
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage(message)
                .setAuthor(SOMEBODY)
                .setCommitter(SOMEBODY)
                .setSign(false)
                .call();
    }

    private void fetch(GitSource source) {
        source.fetch(target, said::add);
    }

    @Test
    void theCommittedFilesAreTakenAndNothingElse() throws Exception {
        Files.writeString(repository.resolve("Procfile"), "web: not committed");
        Files.writeString(repository.resolve("untracked"), "");

        fetch(GitSource.of(repository));

        assertThat(target.resolve("Procfile")).hasContent("web: one\r\n");
        assertThat(Files.isExecutable(target.resolve("bin/run"))).isTrue();
        assertThat(Files.readSymbolicLink(target.resolve("start"))).isEqualTo(Path.of("bin/run"));
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("Procfile", "bin", "start");
    }

    @Test
    void anyRevisionCanBeNamed() throws Exception {
        String first = git.getRepository().resolve("HEAD").name();
        git.tag()
                .setName("v1")
                .setMessage("first")
                .setAnnotated(true)
                .setTagger(SOMEBODY)
                .setSigned(false)
                .call();
        Files.writeString(repository.resolve("Procfile"), "web: two\n");
        commit("two");

        for (String revision : List.of("v1", first, first.substring(0, 8), "main~1", "HEAD^")) {
            target = Files.createDirectory(directory.resolve("at-" + said.size()));
            fetch(GitSource.of(repository).revision(revision));
            assertThat(target.resolve("Procfile")).as(revision).hasContent("web: one\r\n");
            said.add("next");
        }
        target = Files.createDirectory(directory.resolve("bare"));
        fetch(GitSource.of(repository.resolve(".git")).revision("main"));
        assertThat(target.resolve("Procfile")).hasContent("web: two\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "", "main^{tree}", "a..b", "0000000000000000000000000000000000000001"})
    void aRevisionThatIsNoCommitIsNamed(String revision) {
        assertThatThrownBy(() -> fetch(GitSource.of(repository).revision(revision)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has no revision \"" + revision + "\"");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void whatIsNoRepositoryIsNamed() {
        assertThatThrownBy(() -> fetch(GitSource.of(target)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("git repository: " + target);
        assertThatThrownBy(() -> fetch(GitSource.of(directory.resolve("missing"))))
                .isInstanceOf(SourceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".git", ".GIT", "..", "."})
    void aNameThatReachesOutIsRefused(String name) throws IOException {
        ObjectId commit = hostile(name);

        assertThatThrownBy(() -> fetch(GitSource.of(repository).revision(commit.name())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("cannot be a file here");
        assertThat(target.resolve(name).normalize().resolve("planted")).doesNotExist();
    }

    private ObjectId hostile(String name) throws IOException {
        try (ObjectInserter objects = git.getRepository().newObjectInserter()) {
            ObjectId blob = objects.insert(Constants.OBJ_BLOB, "x".getBytes(UTF_8));
            TreeFormatter inner = new TreeFormatter();
            inner.append("planted", FileMode.REGULAR_FILE, blob);
            TreeFormatter root = new TreeFormatter();
            root.append(name.getBytes(UTF_8), 0, name.length(), FileMode.TREE, objects.insert(inner), true);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(objects.insert(root));
            commit.setAuthor(SOMEBODY);
            commit.setCommitter(SOMEBODY);
            ObjectId id = objects.insert(commit);
            objects.flush();
            return id;
        }
    }

    /** Seven objects, and ten million files. */
    @Test
    void aTreeOfFewObjectsIsRefusedWhenItIsTooLarge() throws IOException {
        ObjectId commit;
        try (ObjectInserter objects = git.getRepository().newObjectInserter()) {
            ObjectId inner = objects.insert(Constants.OBJ_BLOB, "ten bytes.".getBytes(UTF_8));
            FileMode mode = FileMode.REGULAR_FILE;
            for (int level = 0; level < 7; level++) {
                TreeFormatter tree = new TreeFormatter();
                for (int i = 0; i < 10; i++) {
                    tree.append("n" + i, mode, inner);
                }
                inner = objects.insert(tree);
                mode = FileMode.TREE;
            }
            commit = commitOf(inner, objects);
        }

        assertRefused(commit, new ArchiveLimits(50, 1_000, 1), "holds more than 50 files, directories and links");
        assertRefused(commit, new ArchiveLimits(1_000, 45, 1), "holds more than 45 bytes");
    }

    private void assertRefused(ObjectId commit, ArchiveLimits limits, String reason) throws IOException {
        Path place = Files.createTempDirectory(directory, "refused");
        assertThatThrownBy(() -> new TreeCheckout(git.getRepository(), commit, place, said::add, limits).run())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(reason);
        try (Stream<Path> files = Files.walk(place)) {
            assertThat(files).hasSizeLessThanOrEqualTo(51);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4096, 51 << 20})
    void aLinkWhoseTargetIsNoPathIsRefused(int length) throws IOException {
        ObjectId commit;
        try (ObjectInserter objects = git.getRepository().newObjectInserter()) {
            TreeFormatter root = new TreeFormatter();
            root.append("link", FileMode.SYMLINK, objects.insert(Constants.OBJ_BLOB, new byte[length]));
            commit = commitOf(objects.insert(root), objects);
        }

        assertThatThrownBy(() -> fetch(GitSource.of(repository).revision(commit.name())))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("holds a link that leads nowhere: link");
    }

    private static ObjectId commitOf(ObjectId tree, ObjectInserter objects) throws IOException {
        CommitBuilder builder = new CommitBuilder();
        builder.setTreeId(tree);
        builder.setAuthor(SOMEBODY);
        builder.setCommitter(SOMEBODY);
        ObjectId commit = objects.insert(builder);
        objects.flush();
        return commit;
    }

    @Test
    void aSubmoduleIsLeftOutWithAWarning() throws IOException {
        ObjectId commit;
        try (ObjectInserter objects = git.getRepository().newObjectInserter()) {
            TreeFormatter root = new TreeFormatter();
            root.append("vendor", FileMode.GITLINK, ObjectId.fromString("1".repeat(40)));
            CommitBuilder builder = new CommitBuilder();
            builder.setTreeId(objects.insert(root));
            builder.setAuthor(SOMEBODY);
            builder.setCommitter(SOMEBODY);
            commit = objects.insert(builder);
            objects.flush();
        }
        fetch(GitSource.of(repository).revision(commit.name()));

        assertThat(said).singleElement().asString().contains("Submodule vendor is left out");
    }
}
