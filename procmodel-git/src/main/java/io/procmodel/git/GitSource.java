package io.procmodel.git;

import static java.util.Objects.requireNonNull;

import io.procmodel.build.BuildOutput;
import io.procmodel.build.Source;
import io.procmodel.build.SourceException;
import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The files of a git repository at one revision, as they were committed: nothing of the working tree, no line ends
 * converted, no filters run. Submodules are left out, with a warning. Immutable and thread-safe; a branch is looked up
 * anew for each build.
 */
public final class GitSource implements Source {
    static final String WHAT = "git repository";
    private static final String EXPECTED = "a repository, with or without a working tree";

    private final Path repository;
    private final String revision;

    private GitSource(Path repository, String revision) {
        this.repository = repository;
        this.revision = revision;
    }

    /** The commit that is checked out ({@code HEAD}) in a repository: a working tree, its {@code .git}, or a bare one. */
    public static GitSource of(Path repository) {
        return new GitSource(requireNonNull(repository, "repository"), Constants.HEAD);
    }

    /** At another revision: a branch, a tag, the digits of a commit, or what else git takes, such as {@code main~2}. */
    public GitSource revision(String other) {
        return new GitSource(repository, requireNonNull(other, "revision"));
    }

    @Override
    public void fetch(Path directory, BuildOutput output) {
        fetchVersion(directory, output);
    }

    /** The digits of the commit. */
    @Override
    public Optional<String> fetchVersion(Path directory, BuildOutput output) {
        try (Repository git = open()) {
            ObjectId commit = commit(git);
            new TreeCheckout(git, commit, directory, output, ArchiveLimits.source()).run();
            return Optional.of(commit.name());
        } catch (RepositoryNotFoundException e) {
            throw refused("is no git repository", e);
        } catch (IOException e) {
            throw refused("cannot be read: " + e, e);
        }
    }

    private Repository open() throws IOException {
        FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
        boolean workingTree = Files.exists(repository.resolve(Constants.DOT_GIT));
        return (workingTree ? builder.setWorkTree(repository.toFile()) : builder.setGitDir(repository.toFile()))
                .build();
    }

    private ObjectId commit(Repository git) throws IOException {
        ObjectId commit;
        try {
            commit = git.resolve(revision + "^{commit}");
        } catch (IllegalArgumentException | IOException e) {
            throw new SourceException(
                    WHAT, repository, "has no revision \"" + revision + "\"", "a branch, a tag or a commit", e);
        }
        if (commit == null) {
            throw new SourceException(
                    WHAT, repository, "has no revision \"" + revision + "\"", "a branch, a tag or a commit", null);
        }
        return commit;
    }

    private SourceException refused(String reason, @Nullable Exception cause) {
        return new SourceException(WHAT, repository, reason, EXPECTED, cause);
    }

    @Override
    public String toString() {
        return "git " + repository + " at " + revision;
    }
}
