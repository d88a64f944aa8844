package io.procmodel.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.App;
import io.procmodel.build.BuildOutput;
import io.procmodel.error.ProcModelException;
import io.procmodel.release.Release;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a push does before its branches move: the main branch is built and deployed, and stays where it was if that fails
 * (Heroku: BLD-1, BLD-4). What the build says goes to the client while it runs.
 */
final class DeployHook implements PreReceiveHook {
    private static final Logger LOG = LoggerFactory.getLogger(DeployHook.class);
    static final String MAIN = Constants.R_HEADS + "main";
    private static final List<String> DEPLOYED = List.of(MAIN, Constants.R_HEADS + Constants.MASTER);

    private final App app;
    private final Path repository;
    private final Optional<String> user;
    private final RepositoryFiles files;
    private List<ReceiveCommand> commands = List.of();
    private List<Path> received = List.of();

    /**
     * The hook of one push.
     *
     * @param user in whose name it deploys, if anybody knows
     */
    DeployHook(App app, Path repository, Optional<String> user, RepositoryFiles files) {
        this.app = app;
        this.repository = repository;
        this.user = user;
        this.files = files;
    }

    /** Removes what the push brought, unless a branch is where the push wanted it, whatever else went wrong. */
    void forgetIfRejected(Repository git) throws IOException {
        if (!hasMovedAny(git)) {
            files.remove(received);
        }
    }

    private boolean hasMovedAny(Repository git) throws IOException {
        for (ReceiveCommand command : commands) {
            Ref ref = git.exactRef(command.getRefName());
            if (ref != null && command.getNewId().equals(ref.getObjectId())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onPreReceive(ReceivePack receiver, Collection<ReceiveCommand> wanted) {
        commands = List.copyOf(wanted);
        try {
            received = files.received();
        } catch (IOException e) {
            LOG.warn("cannot see what a push to {} has brought; it stays if the push is rejected", app.name(), e);
        }
        BuildOutput client = line -> send(receiver, line);
        List<ReceiveCommand> asked = commands.stream()
                .filter(command -> command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED)
                .toList();
        List<ReceiveCommand> deploys = asked.stream()
                .filter(command -> DEPLOYED.contains(command.getRefName()))
                .toList();
        if (deploys.isEmpty() && !asked.isEmpty()) {
            client.step("Pushed to a branch other than main or master: nothing is built");
        }
        for (ReceiveCommand command : deploys) {
            if (deploys.size() > 1) {
                reject(command, "push main or master, not both at once");
            } else if (command.getType() == ReceiveCommand.Type.DELETE) {
                reject(command, "the branch that is deployed cannot be deleted");
            } else if (hasMoved(receiver, command)) {
                reject(command, "somebody else pushed meanwhile: fetch first");
            } else {
                deploy(command, client);
            }
        }
    }

    /** Pushes take turns, so a branch that is where the client saw it stays there until this push is through. */
    private static boolean hasMoved(ReceivePack receiver, ReceiveCommand command) {
        try {
            Ref ref = receiver.getRepository().exactRef(command.getRefName());
            ObjectId now = ref == null ? ObjectId.zeroId() : ref.getObjectId();
            return !command.getOldId().equals(now);
        } catch (IOException e) {
            LOG.warn("cannot read {} of {}", command.getRefName(), receiver.getRepository(), e);
            return true;
        }
    }

    private void deploy(ReceiveCommand command, BuildOutput client) {
        try {
            GitSource source =
                    GitSource.of(repository).revision(command.getNewId().name());
            Release release = user.isPresent() ? app.deploy(source, client, user.get()) : app.deploy(source, client);
            client.step("Launching...");
            client.detail("Released " + release.name());
        } catch (ProcModelException e) {
            // The build has said the first line; the others are what a person needs to mend it.
            String.valueOf(e.getMessage()).lines().skip(1).forEach(client::warning);
            client.warning("Push rejected: nothing has changed.");
            reject(command, "build failed");
        } catch (RuntimeException | Error e) {
            LOG.warn("a push to {} failed for no reason known to the client", app.name(), e);
            client.warning("Push failed: the server has a problem of its own.");
            reject(command, "server error");
        }
    }

    private static void reject(ReceiveCommand command, String why) {
        command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why);
    }

    private static void send(ReceivePack receiver, String line) {
        try {
            OutputStream messages = receiver.getMessageOutputStream();
            messages.write((line + "\n").getBytes(UTF_8));
            messages.flush();
        } catch (IOException e) {
            LOG.debug("the client of a push is gone; the build goes on", e);
        }
    }
}
