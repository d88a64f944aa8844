package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.event.ReleaseSettled;
import io.procmodel.formation.DynoSize;
import io.procmodel.procfile.ProcessType;
import io.procmodel.release.LedgerClosedException;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The release phase of one app: the command of the process type {@code release} runs in a one-off dyno on the new slug and
 * config, and decides whether the release stands (Heroku: REL-11 to REL-15). Releases line up: each waits for the command
 * of the one before it.
 */
final class ReleasePhase {
    /** Heroku: REL-15. */
    static final Duration LIMIT = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReleasePhase.class);
    private static final String RELEASE = "release";
    /** What stopping it takes, and then some. */
    static final Duration AFTER_LIMIT = Duration.ofMinutes(2);

    private static final int KEPT_OUTPUTS = 10;

    private final DynoManager manager;
    private final AppContext context;
    private final ReleaseLedger ledger;
    private final Map<Integer, CapturedOutput> outputs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, CapturedOutput> eldest) {
            return size() > KEPT_OUTPUTS;
        }
    };
    private CompletableFuture<@Nullable Void> last = CompletableFuture.completedFuture(null);

    ReleasePhase(DynoManager manager, AppContext context, ReleaseLedger ledger) {
        this.manager = manager;
        this.context = context;
        this.ledger = ledger;
    }

    /** The release command of a draft, if it has one. */
    static Optional<String> command(ReleaseDraft draft) {
        return draft.slug().flatMap(slug -> command(slug.processTypes()));
    }

    private static Optional<String> command(List<ProcessType> types) {
        return types.stream()
                .filter(type -> type.name().equals(RELEASE))
                .map(ProcessType::command)
                .findFirst();
    }

    /** What the command of a release printed, as far as this platform ran it (Heroku: REL-17). */
    synchronized Optional<String> output(int version) {
        return Optional.ofNullable(outputs.get(version))
                .map(output -> new String(output.bytes(), StandardCharsets.UTF_8));
    }

    /** Gives a pending release its place in the line; {@link Turn#run} takes it. */
    synchronized Turn enter(Release pending, DynoSize size) {
        Turn turn = new Turn(pending, command(pending.processTypes()).orElseThrow(), size, last);
        last = turn.done;
        return turn;
    }

    private synchronized CapturedOutput newOutput(int version) {
        CapturedOutput output = new CapturedOutput();
        outputs.put(version, output);
        return output;
    }

    /** One release in the line. */
    final class Turn {
        private final Release release;
        private final String command;
        private final DynoSize size;
        private final CompletableFuture<@Nullable Void> before;
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

        private Turn(Release release, String command, DynoSize size, CompletableFuture<@Nullable Void> before) {
            this.release = release;
            this.command = command;
            this.size = size;
            this.before = before;
        }

        /** Waits for the releases before it, runs the command and settles the release; holds no lock of the app. */
        ReleaseStatus run() {
            try {
                before.join();
                return settle(succeeds());
            } finally {
                done.complete(null);
            }
        }

        private boolean succeeds() {
            try {
                OneOffDyno dyno = manager.runOnce(spec());
                try {
                    return dyno.await(LIMIT.plus(AFTER_LIMIT)) == 0;
                } finally {
                    dyno.stop(); // its caller may have been interrupted
                }
            } catch (ProcModelException e) {
                LOG.warn("the release command of {} {} did not run to its end", manager.app(), release.name(), e);
                return false;
            }
        }

        private OneOffSpec spec() {
            return OneOffSpec.of(release, RELEASE, command, context.user())
                    .unlimited()
                    .size(size)
                    .timeToLive(LIMIT)
                    .copyingTo(newOutput(release.version()));
        }

        private ReleaseStatus settle(boolean succeeded) {
            ReleaseStatus status = succeeded ? ReleaseStatus.SUCCEEDED : ReleaseStatus.FAILED;
            try {
                ledger.changeStatus(release.version(), status);
            } catch (LedgerClosedException e) {
                throw new PlatformClosedException("release command of " + manager.app() + " " + release.name());
            }
            if (!succeeded) {
                context.say(manager.app(), "Release " + release.name() + " command failed");
            }
            context.subscribers()
                    .tell(new ReleaseSettled(
                            manager.app(),
                            release.version(),
                            succeeded,
                            context.clock().instant()));
            return status;
        }
    }
}
