package io.procmodel;

import io.procmodel.config.ConfigDiff;
import io.procmodel.config.ConfigVars;
import io.procmodel.event.DynoSizeUndefined;
import io.procmodel.event.FormationChanged;
import io.procmodel.event.ReleaseCreated;
import io.procmodel.formation.DynoSize;
import io.procmodel.formation.DynoSizes;
import io.procmodel.formation.Formation;
import io.procmodel.formation.FormationEntry;
import io.procmodel.formation.FormationStore;
import io.procmodel.lease.Lease;
import io.procmodel.name.AppName;
import io.procmodel.procfile.ProcessType;
import io.procmodel.release.AttachedConfig;
import io.procmodel.release.NoSuchReleaseException;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDescriptions;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.release.Rollback;
import io.procmodel.release.StaleReleaseException;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugNotFoundException;
import io.procmodel.supervise.Target;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where every change of one app is made, one at a time: first durable in the ledger or the formation's file, then told to
 * the log and the subscribers, then decided by the dyno manager. A crash between the steps loses nothing that was
 * acknowledged: the files alone say what runs after the next open.
 */
final class ReleaseDesk {
    private static final String RELEASE_TYPE = "release";

    /** How far back a release may be whose command ran when its host died: no more than these line up. */
    private static final int NEWEST_PENDING = 100;

    private final AppName app;
    private final AppContext context;
    private final ReleaseLedger ledger;
    private final FormationStore formations;
    private final DynoManager manager;
    private final ReleasePhase phase;
    private final Singletons singletons;
    private final boolean sharedLedger;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Formation formation;
    private boolean closed;

    ReleaseDesk(AppName app, AppContext context, ReleaseLedger ledger, boolean sharedLedger, DynoManager manager) {
        this.app = app;
        this.context = context;
        this.ledger = ledger;
        this.sharedLedger = sharedLedger;
        this.formations = FormationStore.of(context.states(), app, context.sizes());
        this.manager = manager;
        this.phase = new ReleasePhase(manager, context, ledger);
        this.singletons = new Singletons(app, context, manager);
        this.formation = formations.load().orElse(Formation.empty());
        tellOfUndefinedSizes();
    }

    AppName app() {
        return app;
    }

    ReleaseLedger ledger() {
        return ledger;
    }

    Release get(int version) {
        return ledger.get(version)
                .orElseThrow(() -> NoSuchReleaseException.version(
                        version, ledger.newest(1).get(0).version()));
    }

    /** What the next release will stand on. */
    Release newest() {
        return base(ledger.newest(1).get(0));
    }

    Release current() {
        return ledger.current().orElseThrow(() -> new IllegalStateException("app " + app + " has no initial release"));
    }

    Formation formation() {
        return formation;
    }

    DynoSizes sizes() {
        return context.sizes();
    }

    private void tellOfUndefinedSizes() {
        for (FormationEntry entry : formation.entries()) {
            if (!entry.size().isDefined()) {
                String size = entry.size().toString();
                context.state(
                        app,
                        "Size " + size + " of " + entry.type() + " is not defined here: its dynos run as "
                                + DynoSize.STANDARD_1X);
                context.subscribers()
                        .tell(new DynoSizeUndefined(
                                app, entry.type(), size, context.clock().instant()));
            }
        }
    }

    /** Starts what the store says; the formation follows the release, in case a crash came between the two. */
    void resume() {
        lock.lock();
        try {
            failInterruptedReleases();
            singletons.resume();
            adopt(current());
        } finally {
            lock.unlock();
        }
    }

    /** Runs what another host released or scaled since this one looked last. */
    void refresh() {
        changing(() -> {
            Formation stored = formations.load().orElse(formation);
            if (!stored.equals(formation)) {
                take(stored);
                tellOfUndefinedSizes();
            }
            adopt(current());
            return formation;
        });
    }

    /**
     * A release whose command ran when its host died has failed (Heroku: REL-14). Where hosts share the ledger, the command
     * may still run on another one, until its time is up.
     */
    private void failInterruptedReleases() {
        Instant oldest = sharedLedger
                ? context.clock().instant().minus(ReleasePhase.LIMIT).minus(ReleasePhase.AFTER_LIMIT)
                : Instant.MAX;
        for (Release release : ledger.newest(NEWEST_PENDING)) {
            if (release.status() == ReleaseStatus.PENDING && release.createdAt().isBefore(oldest)) {
                ledger.changeStatus(release.version(), ReleaseStatus.FAILED);
                context.say(app, "Release " + release.name() + " command failed");
            }
        }
    }

    Release release(UnaryOperator<ReleaseDraft> change, String description) {
        return change(base -> Optional.of(change.apply(draft(base, description))), true);
    }

    /** A change that changes nothing makes no release (Heroku: REL-4). */
    Release configure(UnaryOperator<ConfigVars> change) {
        return change(
                base -> {
                    ConfigVars changed = change.apply(base.config());
                    AttachedConfig.requireUntouched(base, changed);
                    ConfigDiff diff = base.config().diff(changed);
                    return changed.equals(base.config())
                            ? Optional.empty()
                            : Optional.of(draft(base, ReleaseDescriptions.config(diff))
                                    .config(changed));
                },
                true);
    }

    Release rollback(int version) {
        return change(base -> Optional.of(rollbackTo(base, Rollback.target(ledger, version))), true);
    }

    Release rollback() {
        return change(base -> Optional.of(rollbackTo(base, Rollback.defaultTarget(ledger))), true);
    }

    /** What add-ons are attached, and what they bring, is no matter of a rollback (Heroku: REL-22). */
    private ReleaseDraft rollbackTo(Release base, Release target) {
        return AttachedConfig.keep(base, Rollback.draft(target, context.user()));
    }

    /** Runs the release command of the newest release again (Heroku: REL-19). */
    Release retry() {
        return change(
                base -> {
                    Release newest = ledger.newest(1).get(0);
                    ReleaseDraft draft = ReleaseDraft.like(newest, context.user(), ReleaseDescriptions.retry(newest));
                    if (ReleasePhase.command(draft).isEmpty()) {
                        throw new NoReleaseCommandException(app);
                    }
                    return Optional.of(draft);
                },
                true);
    }

    Optional<String> output(int version) {
        return phase.output(version);
    }

    ReleaseDraft draft(Release base, String description) {
        return ReleaseDraft.like(base, context.user(), description);
    }

    /**
     * Makes a release. Blocks until its release command has run, if it has one; then the release that is returned says
     * whether it stands.
     *
     * @param decide from what the next release stands on to the release, or empty to make none; it is asked again when
     *     another host came first
     * @param withPhase whether the release command runs; not for what a provider changes (Heroku: REL-12)
     */
    Release change(Function<Release, Optional<ReleaseDraft>> decide, boolean withPhase) {
        Release made;
        ReleasePhase.Turn turn;
        lock.lock();
        try {
            requireOpen("change");
            Optional<Release> appended = append(decide, withPhase);
            if (appended.isEmpty()) {
                return current();
            }
            made = appended.get();
            announce(made);
            if (made.status() != ReleaseStatus.PENDING) {
                adopt(made);
                return made;
            }
            turn = phase.enter(made, size(RELEASE_TYPE));
        } finally {
            lock.unlock();
        }
        return made.withStatus(settle(turn));
    }

    /** Keeps a slug that comes back from being collected, or finds that it is gone before anything is changed. */
    private void keep(Slug slug, Release newest) {
        boolean anew = !newest.slug().equals(Optional.of(slug));
        if (anew && !context.slugs().renew(slug.digest())) {
            throw new SlugNotFoundException(slug.digest());
        }
    }

    private Optional<Release> append(Function<Release, Optional<ReleaseDraft>> decide, boolean withPhase) {
        while (true) {
            Release newest = ledger.newest(1).get(0);
            Optional<ReleaseDraft> draft = decide.apply(base(newest))
                    .map(decided -> decided.basedOn(newest.version()))
                    .map(decided ->
                            withPhase && ReleasePhase.command(decided).isPresent() ? decided.pending() : decided);
            draft.flatMap(ReleaseDraft::slug).ifPresent(slug -> keep(slug, newest));
            try {
                return draft.map(ledger::append);
            } catch (StaleReleaseException e) {
                // another host came first: what it released is the base of the next turn
            }
        }
    }

    /**
     * What the next release stands on: the newest one. Config vars and add-ons of a release that failed stay set (Heroku:
     * REL-16), but its slug does not run anywhere.
     */
    private Release base(Release newest) {
        if (newest.status() != ReleaseStatus.FAILED) {
            return newest;
        }
        return new Release(
                newest.version(),
                newest.status(),
                newest.createdAt(),
                newest.author(),
                newest.description(),
                current().slug(),
                newest.config(),
                newest.attachments());
    }

    private void announce(Release release) {
        context.say(app, release.description(), release.author());
        context.say(
                app,
                release.status() == ReleaseStatus.PENDING
                        ? "Running release " + release.name() + " commands"
                        : "Release " + release.name() + " created",
                release.author());
        context.subscribers()
                .tell(new ReleaseCreated(app, release.version(), release.description(), release.createdAt()));
    }

    private ReleaseStatus settle(ReleasePhase.Turn turn) {
        ReleaseStatus status = turn.run();
        lock.lock();
        try {
            if (status == ReleaseStatus.SUCCEEDED && !closed) {
                adopt(current());
            }
            return status;
        } finally {
            lock.unlock();
        }
    }

    private DynoSize size(String type) {
        return formation.entries().stream()
                .filter(entry -> entry.type().equals(type))
                .map(FormationEntry::size)
                .findFirst()
                .orElse(DynoSize.STANDARD_1X);
    }

    /** Changes what is stored, which another host may have changed since this one looked last. */
    Formation reform(UnaryOperator<Formation> change) {
        return changing(() -> {
            AtomicBoolean scaled = new AtomicBoolean();
            Formation after = formations.update(formation, stored -> {
                Formation next = change.apply(stored);
                scaled.set(!next.equals(stored));
                if (scaled.get()) {
                    singletons.check(next);
                }
                return next;
            });
            if (scaled.get()) {
                context.say(app, "Scaled to " + after);
            }
            if (!after.equals(formation)) {
                take(after);
                run(current());
            }
            return formation;
        });
    }

    void singleton(String type, Lease lease) {
        changing(() -> {
            singletons.add(type, lease, formation);
            return formation;
        });
    }

    void endSingleton(String type) {
        changing(() -> {
            singletons.remove(type);
            return formation;
        });
    }

    /** Gives the leases back; all dynos must be gone. */
    void closeSingletons() {
        singletons.close();
    }

    /** Makes the formation that of the release's process types (Heroku: FRM-3, FRM-4), and runs both. */
    private void adopt(Release release) {
        if (release.slug().isEmpty()) {
            return;
        }
        Formation declared = formations.update(formation, stored -> stored.declare(release.processTypes()));
        if (!declared.equals(formation)) {
            take(declared);
        }
        run(release);
    }

    private void take(Formation stored) {
        formation = stored;
        context.subscribers()
                .tell(new FormationChanged(app, stored, context.clock().instant()));
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
