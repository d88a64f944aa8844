package io.procmodel.git;

import io.procmodel.build.BuildpackException;
import io.procmodel.build.BuildpackFetch;
import io.procmodel.build.BuildpackSource;
import io.procmodel.build.SourceException;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;

/**
 * Buildpacks in git repositories (Heroku: BLD-22): at {@code https}, {@code http} or {@code file} addresses, or absolute
 * paths that end in {@code .git}; with {@code #ref} behind it for a branch, a tag or a commit. Each build looks for what is
 * new and transfers no more than that. Thread-safe. For {@code Platform.builder().buildpacks(..)}.
 */
public final class GitBuildpacks implements BuildpackSource {
    private static final Pattern ADDRESS = Pattern.compile("(https?://.+|file:/.+|/.+\\.git/?(#.*)?)");
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s]*@");
    private static final String EXPECTED = "a git repository with bin/detect and bin/compile";
    private static final String REMOTE_HEAD = "refs/procmodel/HEAD";
    private static final RefSpec[] ALL = {
        new RefSpec("+refs/heads/*:refs/heads/*"),
        new RefSpec("+refs/tags/*:refs/tags/*"),
        new RefSpec("+HEAD:" + REMOTE_HEAD)
    };

    private static final Set<RefUpdate.Result> UPDATED = Set.of(
            RefUpdate.Result.NEW,
            RefUpdate.Result.FORCED,
            RefUpdate.Result.FAST_FORWARD,
            RefUpdate.Result.NO_CHANGE,
            RefUpdate.Result.RENAMED);

    private GitBuildpacks() {}

    /** The source of buildpacks in git repositories. */
    public static GitBuildpacks create() {
        return new GitBuildpacks();
    }

    @Override
    public boolean takes(String address) {
        return ADDRESS.matcher(address).matches();
    }

    @Override
    public void fetch(BuildpackFetch fetch) {
        int hash = fetch.address().indexOf('#');
        String url = hash < 0 ? fetch.address() : fetch.address().substring(0, hash);
        String revision = hash < 0 ? "" : fetch.address().substring(hash + 1);
        Path kept = fetch.cache().resolve("repository");
        try {
            if (!fetchInto(kept, url, revision, fetch)) {
                remove(kept);
                if (!fetchInto(kept, url, revision, fetch)) {
                    throw fetch.failure("cannot be fetched: not every branch can be updated", EXPECTED, null);
                }
            }
        } catch (SourceException e) {
            throw fetch.failure("is refused: " + e.getMessage(), EXPECTED, e);
        } catch (IOException | GitAPIException | JGitInternalException e) {
            // Whatever was wrong with what was kept is gone with it; the next build begins anew.
            remove(kept);
            throw failure(fetch, e);
        }
    }

    /** JGit leaves the password out of what it says, and the user in, who may be a token. */
    private static BuildpackException failure(BuildpackFetch fetch, Exception cause) {
        boolean mayTell = fetch.shownAddress().equals(fetch.address());
        String reason = mayTell
                ? String.valueOf(cause.getMessage())
                : CREDENTIALS.matcher(String.valueOf(cause.getMessage())).replaceAll("");
        return fetch.failure("cannot be fetched: " + reason, EXPECTED, mayTell ? cause : null);
    }

    /** Whether the buildpack is in place; if not, what is kept is of no use. */
    private static boolean fetchInto(Path kept, String url, String revision, BuildpackFetch fetch)
            throws GitAPIException, IOException {
        try (Git git = open(kept)) {
            boolean updated = update(git, url, fetch);
            if (updated) {
                checkOut(git.getRepository(), revision, fetch);
            }
            return updated;
        }
    }

    private static Git open(Path kept) throws GitAPIException {
        try {
            return Git.open(kept.toFile());
        } catch (IOException | IllegalArgumentException e) {
            // The first time; or what was kept is damaged.
            remove(kept);
            return Git.init().setBare(true).setGitDir(kept.toFile()).call();
        }
    }

    /** Whether every branch is what it is there; one whose lock a dead process left behind would stay as it was for ever. */
    private static boolean update(Git git, String url, BuildpackFetch fetch) throws GitAPIException {
        FetchResult result = git.fetch()
                .setRemote(url)
                .setRefSpecs(ALL)
                .setRemoveDeletedRefs(true)
                .setTimeout((int) Math.max(1, fetch.timeLeft().toSeconds()))
                .setProgressMonitor(new UntilOver(fetch))
                .call();
        return result.getTrackingRefUpdates().stream().allMatch(update -> UPDATED.contains(update.getResult()));
    }

    private static void checkOut(Repository git, String revision, BuildpackFetch fetch) throws IOException {
        boolean head = revision.isEmpty() || revision.equals("HEAD");
        ObjectId commit = git.resolve((head ? REMOTE_HEAD : revision) + "^{commit}");
        if (commit == null) {
            throw fetch.failure(
                    "has no revision \"" + (head ? "HEAD" : revision) + "\"", "a branch, a tag or a commit", null);
        }
        new TreeCheckout(git, commit, fetch.directory(), line -> {}, ArchiveLimits.source()).run();
    }

    private static void remove(Path kept) {
        try {
            FileTree.delete(kept);
        } catch (IOException e) {
            throw new StorageException("remove", kept, e);
        }
    }

    /** Ends a transfer when the build is over. */
    private static final class UntilOver extends EmptyProgressMonitor {
        private final BuildpackFetch fetch;

        UntilOver(BuildpackFetch fetch) {
            this.fetch = fetch;
        }

        @Override
        public boolean isCancelled() {
            return fetch.isOver();
        }
    }
}
