package io.procmodel;

import io.procmodel.config.ConfigVars;
import io.procmodel.event.FormationChanged;
import io.procmodel.event.ReleaseCreated;
import io.procmodel.formation.Formation;
import io.procmodel.formation.FormationStore;
import io.procmodel.name.AppName;
import io.procmodel.procfile.ProcessType;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDescriptions;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.Rollback;
import io.procmodel.supervise.Target;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where every change of one app is made, one at a time: first durable in the ledger or the formation's file, then told to
 * the log and the subscribers, then decided by the dyno manager. A crash between the steps loses nothing that was
 * acknowledged: the files alone say what runs after the next open.
 */
final class ReleaseDesk {
    private final AppName app;
    private final AppContext context;
    private final ReleaseLedger ledger;
    private final FormationStore formations;
    private final DynoManager manager;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Formation formation;
    private boolean closed;

    ReleaseDesk(AppName app, AppContext context, ReleaseLedger ledger, FormationStore formations, DynoManager manager) {
        this.app = app;
        this.context = context;
        this.ledger = ledger;
        this.formations = formations;
        this.manager = manager;
        this.formation = formations.load().orElse(Formation.empty());
    }

    ReleaseLedger ledger() {
        return ledger;
    }

    Release current() {
        return ledger.current().orElseThrow(() -> new IllegalStateException("app " + app + " has no initial release"));
    }

    Formation formation() {
        return formation;
    }

    /** Starts what the files say; the formation follows the release, in case a crash came between the two. */
    void resume() {
        lock.lock();
        try {
            adopt(current());
        } finally {
            lock.unlock();
        }
    }

    Release release(UnaryOperator<ReleaseDraft> change, String description) {
        return changing(() -> {
            ReleaseDraft draft = change.apply(ReleaseDraft.like(current(), context.user(), description));
            return append(draft);
        });
    }

    /** A change that changes nothing makes no release (Heroku: REL-4). */
    Release configure(UnaryOperator<ConfigVars> change) {
        return changing(() -> {
            Release current = current();
            ConfigVars changed = change.apply(current.config());
            if (changed.equals(current.config())) {
                return current;
            }
            String description = ReleaseDescriptions.config(current.config().diff(changed));
            return append(
                    ReleaseDraft.like(current, context.user(), description).config(changed));
        });
    }

    Release rollback(int version) {
        return changing(() -> append(Rollback.draft(Rollback.target(ledger, version), context.user())));
    }

    Release rollback() {
        return changing(() -> append(Rollback.draft(Rollback.defaultTarget(ledger), context.user())));
    }

    Formation reform(UnaryOperator<Formation> change) {
        return changing(() -> {
            Formation changed = change.apply(formation);
            if (!changed.equals(formation)) {
                save(changed);
                context.say(app, "Scaled to " + changed);
                run(current());
            }
            return formation;
        });
    }

    private Release append(ReleaseDraft draft) {
        Release release = ledger.append(draft);
        context.say(app, release.description());
        context.say(app, "Release " + release.name() + " created");
        context.subscribers()
                .tell(new ReleaseCreated(app, release.version(), release.description(), release.createdAt()));
        adopt(release);
        return release;
    }

    /** Makes the formation that of the release's process types (Heroku: FRM-3, FRM-4), and runs both. */
    private void adopt(Release release) {
        if (release.slug().isEmpty()) {
            return;
        }
        Formation declared = formation.declare(release.processTypes());
        if (!declared.equals(formation)) {
            save(declared);
        }
        run(release);
    }

    private void save(Formation changed) {
        formations.save(changed);
        formation = changed;
        context.subscribers()
                .tell(new FormationChanged(app, changed, context.clock().instant()));
    }

    private void run(Release release) {
        join(manager.run(release, target(release)));
    }

    private Target target(Release release) {
        Map<String, Target.ProcessTarget> types = release.processTypes().stream()
                .collect(Collectors.toMap(
                        ProcessType::name,
                        type -> new Target.ProcessTarget(
                                formation.quantity(type.name()),
                                type.command(),
                                type.name().equals(ProcessType.WEB),
                                formation.size(type.name()))));
        return new Target(release.version(), types);
    }

    /** Takes no more changes and stops all dynos for good. Returns when that is decided. */
    void close() {
        lock.lock();
        try {
            closed = true;
            join(manager.close());
        } finally {
            lock.unlock();
        }
    }

    void requireOpen(String what) {
        lock.lock();
        try {
            if (closed) {
                throw new PlatformClosedException(what + " of " + app);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T changing(Supplier<T> change) {
        lock.lock();
        try {
            requireOpen("change");
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Decisions take microseconds and never wait for anything, so this wait is not bounded by the caller. */
    private static void join(CompletableFuture<Void> decided) {
        decided.join();
    }
}
