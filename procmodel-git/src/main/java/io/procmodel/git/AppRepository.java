package io.procmodel.git;

import io.procmodel.App;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** The bare repository that one app is pushed to. Thread-safe; pushes take turns. */
final class AppRepository {
    /** A checkout may have so many bytes (Heroku: BLD-7); a pack is compressed, so it never needs more. */
    private static final long MOST_PACK_BYTES = 1L << 30;

    private final App app;
    private final Path directory;
    private final ReentrantLock pushing = new ReentrantLock(true);

    private AppRepository(App app, Path directory) {
        this.app = app;
        this.directory = directory;
    }

    /** Opens the repository, which is made if it is missing. */
    static AppRepository open(App app, Path directory) {
        AppRepository repository = new AppRepository(app, directory);
        if (!Files.exists(directory.resolve(Constants.HEAD))) {
            repository.create();
        }
        return repository;
    }

    private void create() {
        try (Repository git = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            git.create(true);
            git.updateRef(Constants.HEAD).link(DeployHook.MAIN);
        } catch (IOException e) {
            throw new StorageException("create the repository", directory, e);
        }
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
                receiver(git).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            } else {
                sender(git).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            }
        }
    }

    void serve(GitService service, InputStream in, OutputStream out) throws IOException {
        try (Repository git = open()) {
            if (service == GitService.UPLOAD) {
                sender(git).upload(in, out, null);
                return;
            }
            pushing.lock();
            try {
                receiver(git).receive(in, out, null);
            } finally {
                pushing.unlock();
            }
        }
    }

    private ReceivePack receiver(Repository git) {
        ReceivePack receiver = new ReceivePack(git);
        receiver.setBiDirectionalPipe(false);
        receiver.setCheckReceivedObjects(true);
        receiver.setMaxPackSizeLimit(MOST_PACK_BYTES);
        receiver.setPreReceiveHook(new DeployHook(app, directory));
        return receiver;
    }

    private static UploadPack sender(Repository git) {
        UploadPack sender = new UploadPack(git);
        sender.setBiDirectionalPipe(false);
        return sender;
    }
}
