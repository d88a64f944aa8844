package io.procmodel.git;

import io.procmodel.App;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import io.procmodel.file.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** The bare repository that one app is pushed to. Thread-safe; pushes take turns. */
final class AppRepository {
    /** A checkout may have so many bytes (Heroku: BLD-7); a pack is compressed, so it never needs more. */
    private static final long MOST_PACK_BYTES = 1L << 30;

    private static final long PAUSE_MILLIS = 20;

    private final App app;
    private final Path directory;
    private final Instant started;
    private final ReentrantLock pushing = new ReentrantLock(true);

    private AppRepository(App app, Path directory, Instant started) {
        this.app = app;
        this.directory = directory;
        this.started = started;
    }

    /**
     * Opens the repository, which is made if it is missing.
     *
     * @param started before this process received anything
     */
    static AppRepository open(App app, Path directory, Instant started) {
        if (!Files.exists(directory)) {
            try {
                Files.createDirectories(directory.getParent());
                alone(directory.resolveSibling("procmodel.creating"), () -> create(directory));
            } catch (IOException e) {
                throw new StorageException("create the repository", directory, e);
            }
        }
        return new AppRepository(app, directory, started);
    }

    /** Beside its place at first: there is never half a repository. */
    private static void create(Path directory) throws IOException {
        Path beside = directory.resolveSibling(directory.getFileName() + ".new");
        FileTree.delete(beside);
        if (Files.exists(directory)) {
            return;
        }
        try (Repository git =
                new FileRepositoryBuilder().setGitDir(beside.toFile()).setBare().build()) {
            git.create(true);
            git.updateRef(Constants.HEAD).link(DeployHook.MAIN);
        }
        Files.move(beside, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private Repository open() throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setMustExist(true)
                .build();
    }

    /** Sends the refs, in the form of HTTP, where the service's name comes first. */
    void advertise(GitService service, OutputStream out) throws IOException {
        PacketLineOut lines = new PacketLineOut(out);
        lines.writeString("# service=" + service.word() + "\n");
        lines.end();
        try (Repository git = open()) {
            if (service == GitService.RECEIVE) {
                receiver(git, PreReceiveHook.NULL).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            } else {
                sender(git).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            }
        }
    }

    void serve(GitService service, Optional<String> user, InputStream in, OutputStream out) throws IOException {
        if (service == GitService.UPLOAD) {
            try (Repository git = open()) {
                sender(git).upload(in, out, null);
            }
            return;
        }
        pushing.lock();
        try {
            alone(directory.resolve("procmodel.pushing"), () -> receive(user, in, out));
        } finally {
            pushing.unlock();
        }
    }

    /** No other push is under way: what is half done is what one has left that died. */
    private void receive(Optional<String> user, InputStream in, OutputStream out) throws IOException {
        RepositoryFiles files = new RepositoryFiles(directory, started, Instant.now());
        files.removeLeftovers();
        try (Repository git = open()) {
            DeployHook hook = new DeployHook(app, directory, user, files);
            try {
                receiver(git, hook).receive(in, out, null);
            } finally {
                hook.forgetIfRejected(git);
            }
        }
    }

    /** What one process at a time does. */
    private interface Turn {
        void run() throws IOException;
    }

    /** Another process may serve the same repositories: its turns and ours come one after another. */
    private static void alone(Path file, Turn turn) throws IOException {
        Optional<LockFile> locked = LockFile.tryLock(file);
        while (locked.isEmpty()) {
            pause();
            locked = LockFile.tryLock(file);
        }
        try {
            turn.run();
        } finally {
            locked.get().close();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another process has the repository");
        }
    }

    private static ReceivePack receiver(Repository git, PreReceiveHook hook) {
        ReceivePack receiver = new ReceivePack(git);
        receiver.setBiDirectionalPipe(false);
        receiver.setCheckReceivedObjects(true);
        receiver.setMaxPackSizeLimit(MOST_PACK_BYTES);
        receiver.setPreReceiveHook(hook);
        return receiver;
    }

    private static UploadPack sender(Repository git) {
        UploadPack sender = new UploadPack(git);
        sender.setBiDirectionalPipe(false);
        return sender;
    }
}
