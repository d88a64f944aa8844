package io.procmodel;

import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import io.procmodel.release.Release;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.PortRequest;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.slug.SlugChecksumException;
import io.procmodel.supervise.Act;
import io.procmodel.supervise.Decision;
import io.procmodel.supervise.DynoStatus;
import io.procmodel.supervise.Fact;
import io.procmodel.supervise.Supervision;
import io.procmodel.supervise.SupervisionState;
import io.procmodel.supervise.Target;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Joins the decision and the act for one app: feeds supervision with facts, one after another on the control thread, and
 * carries out its acts through the runtime, the log and the subscribers. Everything but the published snapshot is confined
 * to the control thread.
 */
final class DynoManager {
    private final AppName app;
    private final Supervision supervision;
    private final DynoRuntime runtime;
    private final ControlThread control;
    private final LogSink logs;
    private final Subscribers subscribers;
    private final InstantSource clock;
    private final Map<Long, RunningDyno> running = new HashMap<>();
    private final ConcurrentMap<Long, URI> addresses = new ConcurrentHashMap<>();
    private final ChangeSignal changed = new ChangeSignal();
    private volatile SupervisionState state = SupervisionState.INITIAL;
    private @Nullable Release release;
    private @Nullable ScheduledFuture<?> tick;

    DynoManager(
            AppName app,
            AppPolicy policy,
            DynoRuntime runtime,
            ControlThread control,
            LogSink logs,
            Subscribers subscribers,
            InstantSource clock) {
        this.app = app;
        this.supervision = new Supervision(app, policy);
        this.runtime = runtime;
        this.control = control;
        this.logs = logs;
        this.subscribers = subscribers;
        this.clock = clock;
    }

    /** Sets what should run; done when it is decided. */
    CompletableFuture<Void> run(Release release, Target target) {
        return control.submit(() -> {
            this.release = release;
            enter(new Fact.TargetSet(target));
        });
    }

    /** Restarts dynos; done when it is decided. */
    CompletableFuture<Void> restart(Predicate<DynoName> which) {
        return control.submit(() -> enter(new Fact.RestartAsked(which)));
    }

    /** Stops everything for good; done when it is decided. */
    CompletableFuture<Void> close() {
        return control.submit(() -> enter(new Fact.Closed()));
    }

    List<Dyno> dynos() {
        return state.dynos().stream().<Dyno>map(this::snapshot).toList();
    }

    private DynoSnapshot snapshot(DynoStatus status) {
        return new DynoSnapshot(status, addresses.get(status.instance()));
    }

    /** Waits until the condition holds for the app's state; false if time runs out first. */
    boolean await(Predicate<SupervisionState> condition, Duration timeout) throws InterruptedException {
        return changed.await(() -> condition.test(state), timeout);
    }

    private void enter(Fact fact) {
        Decision decision = supervision.decide(state, fact, clock.instant());
        state = decision.state();
        decision.acts().forEach(this::carryOut);
        scheduleTick();
        changed.signal();
    }

    private void scheduleTick() {
        if (tick != null) {
            tick.cancel(false);
        }
        tick = state.nextDeadline()
                .<ScheduledFuture<?>>map(deadline ->
                        control.schedule(() -> enter(new Fact.Ticked()), Duration.between(clock.instant(), deadline)))
                .orElse(null);
    }

    private void carryOut(Act act) {
        if (act instanceof Act.Say say) {
            say(say.name(), say.text());
        } else if (act instanceof Act.Tell tell) {
            subscribers.tell(tell.event());
        } else if (act instanceof Act.Spawn spawn) {
            spawn(spawn);
        } else if (act instanceof Act.Terminate terminate) {
            RunningDyno dyno = running.get(terminate.instance());
            if (dyno != null) {
                dyno.terminate(terminate.signal());
            }
        } else if (act instanceof Act.Kill kill) {
            RunningDyno dyno = running.get(kill.instance());
            if (dyno != null) {
                dyno.kill();
            }
        }
    }

    private void say(DynoName name, String text) {
        try (LogSource source = logs.open(app, LogOrigin.heroku(name.toString()))) {
            source.line(text);
        }
    }

    private void spawn(Act.Spawn spawn) {
        Release current = release;
        if (current == null || current.slug().isEmpty()) {
            throw new IllegalStateException("spawn of " + spawn.name() + " without a slug");
        }
        DynoSpec spec = DynoSpec.of(
                        app,
                        spawn.name(),
                        new DynoFiles.FreshCopy(current.slug().get().digest()),
                        spawn.process().command())
                .environment(current.config().asMap())
                .port(spawn.process().web() ? PortRequest.ANY : PortRequest.NONE)
                .size(spawn.process().size())
                .output(logs.open(app, LogOrigin.app(spawn.name().toString())));
        control.spawners().execute(() -> start(spawn.instance(), spec));
    }

    private void start(long instance, DynoSpec spec) {
        try {
            runtime.start(spec, new Reporter(instance));
        } catch (SlugChecksumException e) {
            report(new Fact.ChecksumFailed(
                    instance, e.expected().hex(), e.actual().hex()));
        } catch (RuntimeException e) {
            report(new Fact.SpawnFailed(instance, String.valueOf(e.getMessage())));
        }
    }

    private void report(Fact fact) {
        control.execute(() -> enter(fact));
    }

    /** Turns the runtime's calls for one instance into facts. */
    private final class Reporter implements DynoObserver {
        private final long instance;

        Reporter(long instance) {
            this.instance = instance;
        }

        @Override
        public void started(RunningDyno dyno) {
            control.execute(() -> {
                running.put(instance, dyno);
                dyno.address().ifPresent(address -> addresses.put(instance, address));
                enter(new Fact.Spawned(instance));
            });
        }

        @Override
        public void listening() {
            report(new Fact.PortOpened(instance));
        }

        @Override
        public void exited(Exit exit) {
            control.execute(() -> {
                running.remove(instance);
                addresses.remove(instance);
                enter(new Fact.Ended(instance, exit));
            });
        }
    }
}
