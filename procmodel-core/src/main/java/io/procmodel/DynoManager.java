package io.procmodel;

import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.DynoUsage;
import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCompleted;
import io.procmodel.event.DynoLeaked;
import io.procmodel.event.PlatformEvent;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import io.procmodel.release.Release;
import io.procmodel.runtime.Attachment;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.PortRequest;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.runtime.TerminalSize;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugChecksumException;
import io.procmodel.supervise.Act;
import io.procmodel.supervise.Decision;
import io.procmodel.supervise.DynoStatus;
import io.procmodel.supervise.Fact;
import io.procmodel.supervise.Moments;
import io.procmodel.supervise.Supervision;
import io.procmodel.supervise.SupervisionState;
import io.procmodel.supervise.Target;
import io.procmodel.traffic.WebDyno;
import io.procmodel.traffic.WebState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the decision and the act for one app: feeds supervision with facts, one after another on the control thread, and
 * carries out its acts through the runtime, the log and the subscribers. Everything but the published snapshot is confined
 * to the control thread.
 */
final class DynoManager {
    private static final Logger LOG = LoggerFactory.getLogger(DynoManager.class);

    /** At the second crash in a row a dyno waits out a pause: it will not come up by waiting for it. */
    static final int CRASH_LOOP = 2;

    private final AppName app;
    private final AppPolicy policy;
    private final Supervision supervision;
    private final DynoRuntime runtime;
    private final ControlThread control;
    private final AppContext context;
    private final OneOffDynos oneOffs;
    private final Map<Long, RunningDyno> running = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final ConcurrentMap<Long, URI> addresses = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, DynoUsage> usages = new ConcurrentHashMap<>();
    private final ClientLines clients;
    private final ChangeSignal changed = new ChangeSignal();
    private volatile SupervisionState state = SupervisionState.INITIAL;
    private @Nullable Release release;
    private @Nullable ScheduledFuture<?> tick;
    private Frontage frontage = Frontage.NONE;
    private WebState web;
    private final DynoHours hours;

    DynoManager(AppName app, AppPolicy policy, DynoRuntime runtime, ControlThread control, AppContext context) {
        this.app = app;
        this.policy = policy;
        this.supervision = new Supervision(app, policy);
        this.runtime = runtime;
        this.control = control;
        this.context = context;
        this.oneOffs = new OneOffDynos(this, policy);
        this.clients = new ClientLines(policy.attachedIdle());
        this.web = new WebState(app, List.of(), false, false, 0, false, false, List.of());
        this.hours = new DynoHours(app, policy.hours(), control, context, this::report);
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

    /** Stops dynos: of the formation they are started again (Heroku: DYN-30); done when it is decided. */
    CompletableFuture<Void> stop(Predicate<DynoName> which) {
        return control.submit(() -> enter(new Fact.StopAsked(which)));
    }

    /**
     * Starts a one-off dyno; returns when that is decided. Must not be called on the control thread.
     *
     * @throws NothingDeployedException if its release has no slug
     * @throws OneOffLimitException if as many as may be are running
     * @throws PlatformClosedException if the app is closed
     */
    OneOffDyno runOnce(OneOffSpec spec) {
        return control.call(() -> {
            OneOffDyno dyno = oneOffs.enter(spec, state);
            context.say(app, "Starting process with command `" + spec.command() + "`", spec.user());
            enter(OneOffDynos.fact(dyno));
            return dyno;
        });
    }

    /** To be called when the control thread has ended: nobody will report the end of a one-off dyno any more. */
    void abandonOneOffs() {
        oneOffs.abandon();
    }

    /** Changes the window of a dyno's terminal, soon; does nothing if it has none or has ended. */
    void resize(DynoName name, TerminalSize size) {
        control.execute(() -> state.dynos().stream()
                .filter(dyno -> dyno.name().equals(name))
                .map(dyno -> running.get(dyno.instance()))
                .filter(Objects::nonNull)
                .forEach(dyno -> control.spawners().execute(() -> dyno.resize(size))));
    }

    /** What a dyno printed last. */
    List<String> recentLines(DynoName name) {
        return context.recent().of(app, LogOrigin.app(name.toString()));
    }

    void requireOpen(String what) {
        if (state.isClosed()) {
            throw new PlatformClosedException(what);
        }
    }

    AppName app() {
        return app;
    }

    /** A singleton's lease is held, with a token, or not; done when it is decided. */
    CompletableFuture<Void> lease(String type, OptionalLong token) {
        return control.submit(() -> {
            tokens.remove(type);
            token.ifPresent(value -> tokens.put(type, value));
            enter(new Fact.LeaseChanged(type, token.isPresent()));
        });
    }

    /** Has a lease count as lost after a while of real time, whatever its keeper is waiting for by then. */
    ScheduledFuture<?> loseLeaseIn(String type, Duration time, Runnable alsoThen) {
        return control.schedule(
                () -> {
                    alsoThen.run();
                    tokens.remove(type);
                    enter(new Fact.LeaseChanged(type, false));
                },
                time);
    }

    /** A process type is a singleton no more; done when it is decided. */
    CompletableFuture<Void> ordinary(String type) {
        return control.submit(() -> {
            tokens.remove(type);
            enter(new Fact.SingletonEnded(type));
        });
    }

    SupervisionState state() {
        return state;
    }

    AppPolicy policy() {
        return policy;
    }

    /** Stops everything for good; done when it is decided. */
    CompletableFuture<Void> close() {
        return control.submit(() -> enter(new Fact.Closed()));
    }

    /** Wakes the app if it sleeps; done when it is decided. */
    CompletableFuture<Void> wake() {
        return control.submit(() -> enter(new Fact.WakeAsked()));
    }

    /** Sets what front doors are told beside the dynos; done when they have been told. */
    CompletableFuture<Void> frontage(Frontage changed) {
        return control.submit(() -> {
            frontage = changed;
            publish();
        });
    }

    /** Sets what front doors are told, before anybody asks. */
    void frontageSoon(Frontage first) {
        control.execute(() -> {
            frontage = first;
            publish();
        });
    }

    AppUsage usage() {
        return hours.usage();
    }

    /** Saves what was counted; to be called when the control thread has ended. */
    void closeHours() {
        hours.close();
    }

    /** Tells front doors about the app for the first time, or a new one about it. */
    void introduce() {
        control.execute(() -> {
            context.doors().onWake(app, () -> report(new Fact.WakeAsked()));
            web = webState();
            context.doors().publish(web);
            enter(new Fact.Ticked());
        });
    }

    List<Dyno> dynos() {
        return state.dynos().stream().<Dyno>map(this::snapshot).toList();
    }

    private DynoSnapshot snapshot(DynoStatus status) {
        return new DynoSnapshot(
                status, addresses.get(status.instance()), usages.get(status.instance()), isFlapping(status));
    }

    private boolean isFlapping(DynoStatus status) {
        Duration reset = policy.of(status.name().processType()).restarts().resetAfter();
        boolean settled = status.state() == DynoState.UP
                && !Moments.after(status.since(), reset).isAfter(context.clock().instant());
        return status.crashes() >= CRASH_LOOP && !settled;
    }

    /** Waits until the condition holds for the app's state; false if time runs out first. */
    boolean await(Predicate<SupervisionState> condition, Duration timeout) throws InterruptedException {
        return changed.await(() -> condition.test(state), timeout);
    }

    private void enter(Fact fact) {
        Duration drain = context.doors().drainLimit();
        if (!Objects.equals(drain, state.drainLimit())) {
            decide(new Fact.DoorChanged(drain));
        }
        decide(fact);
        clients.cutIdle(context.clock().instant());
        hours.decided(state);
        scheduleTick();
        changed.signal();
    }

    /** Front doors hear of a state before the acts that rely on it: no request goes to a dyno that is about to stop. */
    private void decide(Fact fact) {
        Decision decision = supervision.decide(state, fact, context.clock().instant());
        state = decision.state();
        publish();
        decision.acts().forEach(this::carryOutAtAnyRate);
    }

    private void publish() {
        WebState now = webState();
        if (!now.equals(web)) {
            web = now;
            context.doors().publish(now);
        }
    }

    private WebState webState() {
        return new WebState(
                app,
                frontage.domains(),
                frontage.maintenance(),
                state.target().release() > 0,
                state.webQuantity(),
                state.isAsleep(),
                state.isSpent(),
                state.webInstances().stream().map(this::webDyno).toList());
    }

    private WebDyno webDyno(DynoStatus status) {
        Exit exit = status.lastExit();
        return new WebDyno(
                status.instance(),
                status.name(),
                status.state(),
                addresses.get(status.instance()),
                status.crashes(),
                exit == null ? null : exit.toString());
    }

    private void measureTraffic() {
        Instant now = context.clock().instant();
        Instant last = context.doors().idleFor(app).map(now::minus).orElse(Instant.MIN);
        report(new Fact.TrafficMeasured(last));
    }

    private void scheduleTick() {
        if (tick != null) {
            tick.cancel(false);
        }
        tick = Stream.concat(state.nextDeadline().stream(), clients.due().stream())
                .min(Instant::compareTo)
                .<ScheduledFuture<?>>map(deadline -> control.schedule(
                        () -> enter(new Fact.Ticked()),
                        Duration.between(context.clock().instant(), deadline)))
                .orElse(null);
    }

    /** Host code takes part, such as the log: what fails there keeps no other act from being carried out. */
    private void carryOutAtAnyRate(Act act) {
        try {
            carryOut(act);
        } catch (RuntimeException e) {
            LOG.error("{}: cannot carry out {}", app, act, e);
        }
    }

    private void carryOut(Act act) {
        if (act instanceof Act.Say say) {
            say(say.name(), say.text());
        } else if (act instanceof Act.Tell tell) {
            tell(tell.event());
        } else if (act instanceof Act.Spawn spawn) {
            spawn(spawn);
        } else if (act instanceof Act.Drain drain) {
            context.doors().drain(app, drain.instance(), () -> report(new Fact.Drained(drain.instance())));
        } else if (act instanceof Act.MeasureTraffic) {
            measureTraffic();
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

    private void tell(PlatformEvent event) {
        context.subscribers().tell(event);
        if (event instanceof DynoCompleted completed) {
            oneOffs.completed(completed);
        }
    }

    private void say(DynoName name, String text) {
        try (LogSource source = context.logs().open(app, LogOrigin.heroku(name.toString()))) {
            source.line(text);
        }
    }

    private void spawn(Act.Spawn spawn) {
        try {
            DynoSpec spec = spawn.oneOff() ? oneOffSpec(spawn) : formationSpec(spawn);
            control.spawners().execute(() -> start(spawn.instance(), spec));
        } catch (RuntimeException e) {
            reportUnstarted(new Fact.SpawnFailed(spawn.instance(), e.toString()), spawn.instance());
        }
    }

    private DynoSpec formationSpec(Act.Spawn spawn) {
        Release current = release;
        if (current == null) {
            throw new IllegalStateException("spawn of " + spawn.name() + " without a release");
        }
        return spec(spawn, current, output(spawn.name()), tokenOf(spawn.name()));
    }

    private DynoSpec oneOffSpec(Act.Spawn spawn) {
        OneOffDyno dyno = oneOffs.get(spawn.name());
        OneOffSpec asked = dyno.spec();
        OneOffSpec.Client client = asked.client();
        if (client != null) {
            return attachedSpec(spawn, dyno, client);
        }
        LogSource output = asked.output() == null
                ? output(spawn.name())
                : copied(spawn.name(), asked.output(), asked.logged() ? context.logs() : context.recent());
        return oneOffSpec(spawn, dyno, output);
    }

    private DynoSpec attachedSpec(Act.Spawn spawn, OneOffDyno dyno, OneOffSpec.Client client) {
        Fact gone = new Fact.ClientGone(spawn.instance());
        ClientLine line = new ClientLine(context.clock(), () -> report(gone));
        clients.add(spawn.instance(), line);
        LogSource screen = copied(spawn.name(), new ClientOutput(client.screen(), line), context.recent());
        Attachment attachment = client.attachment();
        return oneOffSpec(spawn, dyno, screen)
                .attachment(new Attachment(new ClientInput(attachment.input(), line), attachment.terminal()));
    }

    private DynoSpec oneOffSpec(Act.Spawn spawn, OneOffDyno dyno, LogSource output) {
        OneOffSpec asked = dyno.spec();
        return spec(spawn, asked.release(), new WatchedOutput(output, dyno::silent), Map.of())
                .environment(asked.environment());
    }

    /** What the resources that a singleton writes to may check: it grows with every holder of the lease. */
    private Map<String, String> tokenOf(DynoName name) {
        Long token = tokens.get(name.processType());
        return token == null ? Map.of() : Map.of("PROCMODEL_FENCING_TOKEN", token.toString());
    }

    private DynoSpec spec(Act.Spawn spawn, Release release, LogSource output, Map<String, String> own) {
        Slug slug = release.slug().orElseThrow();
        return DynoSpec.of(
                        app,
                        spawn.name(),
                        new DynoFiles.FreshCopy(slug.digest()),
                        spawn.process().command())
                .environment(release.config().asMap())
                .environment(own)
                .port(spawn.process().web() ? PortRequest.ANY : PortRequest.NONE)
                .size(spawn.process().size())
                .readiness(policy.of(spawn.name().processType()).readiness())
                .output(output);
    }

    private LogSource output(DynoName name) {
        return context.logs().open(app, LogOrigin.app(name.toString()));
    }

    /** Output that does not go to the log alone, or not at all, but may be needed for an error message. */
    private LogSource copied(DynoName name, LogSource output, LogSink second) {
        return LogSink.tee((app, origin) -> output, second).open(app, LogOrigin.app(name.toString()));
    }

    private void start(long instance, DynoSpec spec) {
        try {
            runtime.start(spec, new Reporter(instance, spec));
        } catch (SlugChecksumException e) {
            Fact mismatch = new Fact.ChecksumFailed(
                    instance, e.expected().hex(), e.actual().hex());
            reportUnstarted(mismatch, instance);
        } catch (RuntimeException e) {
            reportUnstarted(new Fact.SpawnFailed(instance, String.valueOf(e.getMessage())), instance);
        } catch (Error e) {
            LOG.error("{}: cannot start {}", app, spec.name(), e);
            reportUnstarted(new Fact.SpawnFailed(instance, e.toString()), instance);
        }
    }

    /** It may have been told to be started before. */
    private void reportUnstarted(Fact fact, long instance) {
        control.execute(() -> {
            forget(instance);
            enter(fact);
        });
    }

    private void forget(long instance) {
        running.remove(instance);
        addresses.remove(instance);
        usages.remove(instance);
        clients.ended(instance);
    }

    private void report(Fact fact) {
        control.execute(() -> enter(fact));
    }

    /** Turns the runtime's calls for one instance into facts. */
    private final class Reporter implements DynoObserver {
        private final long instance;
        private final DynoName name;
        private final RuntimeMetrics metrics;

        Reporter(long instance, DynoSpec spec) {
            this.instance = instance;
            this.name = spec.name();
            this.metrics = new RuntimeMetrics(app, name, UUID.randomUUID(), spec.size());
        }

        @Override
        public void started(RunningDyno dyno) {
            control.execute(() -> {
                running.put(instance, dyno);
                clients.started(instance);
                dyno.address().ifPresent(address -> addresses.put(instance, address));
                enter(new Fact.Spawned(instance));
            });
        }

        @Override
        public void listening() {
            report(new Fact.PortOpened(instance));
        }

        @Override
        public void measured(DynoUsage usage) {
            control.execute(() -> {
                if (running.containsKey(instance)) {
                    usages.put(instance, usage);
                    enter(new Fact.MemoryMeasured(instance, usage.memory().bytes()));
                    sayMetrics(usage);
                }
            });
        }

        private void sayMetrics(DynoUsage usage) {
            if (policy.runtimeMetrics()) {
                metrics.lines(usage, context.clock().instant()).forEach(line -> say(name, line));
            }
        }

        @Override
        public void leaked(List<Long> pids) {
            control.execute(
                    () -> tell(new DynoLeaked(app, name, pids, context.clock().instant())));
        }

        @Override
        public void exited(Exit exit) {
            control.execute(() -> {
                forget(instance);
                enter(new Fact.Ended(instance, exit));
            });
        }
    }
}
