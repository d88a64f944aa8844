package io.procmodel.runtime.local;

import io.procmodel.formation.DynoSize;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Capability;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a runtime's dynos: how they are launched, and how signals reach all of them, also those that have left
 * their dyno's process group. Thread-safe.
 */
final class Processes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);
    private static final long SAMPLE_MILLIS = 1_000;
    private static final long OUTSIDE_MILLIS = 50;
    private static final long NO_GROUP = -1;

    private final Launcher launcher;
    private final Cookie cookie;
    private final KernelLimits limits;
    private final KernelKills kernelKills = new KernelKills();
    private final Optional<HostReaper> reaper;
    private final Optional<Hunt> hunt;
    private final Queue<Hunt.Request> signalsOutside = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalling = new AtomicBoolean();
    private final Set<Long> living = ConcurrentHashMap.newKeySet();
    private boolean busy;
    private final ScheduledThreadPoolExecutor housekeeping =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-housekeeping"));

    Processes(HostTools tools, Cookie cookie, Launcher launcher, KernelLimits limits) throws IOException {
        this.launcher = launcher;
        this.cookie = cookie;
        this.limits = limits;
        this.reaper = HostReaper.start(tools, cookie, limits.directories());
        this.hunt = ProcFiles.areThere()
                ? Optional.of(new Hunt(new Census(cookie), limits, new SignalSender(tools)))
                : Optional.empty();
    }

    Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(launcher.capabilities());
        capabilities.addAll(limits.capabilities());
        if (hunt.isPresent()) {
            capabilities.add(Capability.USAGE);
        }
        if (hunt.isPresent() && reaper.isPresent()) {
            capabilities.add(Capability.ESCAPE_HUNT);
        }
        return capabilities;
    }

    /** Begins to measure what these dynos use, once a second, and to end processes whose dyno has ended. */
    void watch(Set<LocalDyno> dynos) {
        Optional<Sampler> sampler = hunt.map(hunter -> new Sampler(cookie));
        Runnable look = () -> {
            dynos.forEach(dyno -> dyno.endWatch().look());
            sampler.ifPresent(measuring -> lookAfter(dynos, measuring, hunt.orElseThrow()));
        };
        Future<?> unused =
                housekeeping.scheduleWithFixedDelay(look, SAMPLE_MILLIS, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAfter(Set<LocalDyno> dynos, Sampler sampler, Hunt hunter) {
        try {
            boolean wasBusy = busy;
            busy = !living.isEmpty();
            if (kernelKills.anyMore()) {
                dynos.forEach(LocalDyno::tellRefusedMemory);
            }
            if (busy || wasBusy) {
                sampler.look(dynos, living::contains).forEach(ghost -> endGhost(ghost, hunter));
            }
        } catch (RuntimeException | Error e) {
            // Whatever it was, such as a want of memory: the next look is to come.
            LOG.error("cannot measure dynos", e);
        }
    }

    /** What was seen of it may have been its last breath: then there is nothing to tell. */
    private static void endGhost(long ghost, Hunt hunter) {
        Set<Long> ended = hunter.endAll(ghost, NO_GROUP);
        if (!ended.isEmpty()) {
            LOG.warn("ended {}, left of a dyno that had ended", ended);
        }
    }

    /** The shell that runs a command of a Procfile, as an argument vector. */
    List<String> shell(String command) {
        return launcher.shell(command);
    }

    /** Starts a command so that it dies with this JVM, with the dyno's cookie in its environment and in its control group. */
    DynoProcess start(long dyno, DynoSize size, Launch launch) throws IOException {
        if (reaper.isPresent()) {
            reaper.get().ensureAlive();
        }
        launch.environment().put(Cookie.NAME, cookie.of(dyno));
        living.add(dyno);
        try {
            List<String> doors = limits.admit(dyno, size);
            return launcher.start(launch, doors);
        } catch (IOException | RuntimeException | Error e) {
            limits.dismiss(dyno);
            living.remove(dyno);
            throw e;
        }
    }

    /** How many of a dyno's processes the kernel has killed because they asked for more memory than the dyno may use. */
    long outOfMemoryKills(long dyno) {
        return limits.outOfMemoryKills(dyno);
    }

    /** Sends a signal to every process of a dyno; to those outside its group a moment later. */
    void terminate(long dyno, DynoProcess process, StopSignal signal) {
        process.terminate(signal);
        if (hunt.isPresent()) {
            signalsOutside.add(new Hunt.Request(dyno, process, signal));
            if (signalling.compareAndSet(false, true)) {
                signalOutsideSoon(hunt.get());
            }
        }
    }

    /** Most dynos end at once, and then nobody needs to be looked for. */
    private void signalOutsideSoon(Hunt hunter) {
        try {
            Future<?> unused =
                    housekeeping.schedule(() -> signalOutside(hunter), OUTSIDE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The runtime is closing, and kills them all.
        }
    }

    /** All that have come up to now. */
    private void signalOutside(Hunt hunter) {
        signalling.set(false);
        List<Hunt.Request> requests = new ArrayList<>();
        for (Hunt.Request next = signalsOutside.poll(); next != null; next = signalsOutside.poll()) {
            requests.add(next);
        }
        hunter.signalOutside(requests);
    }

    /**
     * Kills what is left of a dyno whose main process has ended, and makes sure of it where the host lets us look.
     *
     * @return those who had left the group
     */
    Set<Long> endAll(long dyno, DynoProcess process) {
        process.kill();
        try {
            return hunt.map(hunter -> hunter.endAll(dyno, process.pid())).orElse(Set.of());
        } finally {
            limits.dismiss(dyno);
            living.remove(dyno);
        }
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
        launcher.close();
        reaper.ifPresent(HostReaper::close);
        limits.close();
    }
}
