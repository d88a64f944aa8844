package io.procmodel.runtime.local;

import io.procmodel.dyno.DynoUsage;
import io.procmodel.dyno.Exit;
import io.procmodel.formation.ByteSize;
import io.procmodel.pipe.OutputChannel;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.runtime.TerminalSize;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dyno as a process group of this machine. One thread belongs to it, which carries its output, and from its end on one
 * that cleans up.
 */
final class LocalDyno implements RunningDyno {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDyno.class);

    /** How long the end of a dyno is held back so that its last words come first; they mostly need a millisecond, a busy machine more. */
    private static final long LAST_WORDS_MILLIS = 1_000;

    /**
     * How long to wait before it is looked who is left. The end of the output is the end of all who held it, a watchdog
     * among them, and mostly of the group: then one look finds nobody. Who does not wait finds the dying and has to look again.
     */
    private static final long GROUP_MILLIS = 50;

    private static final long DRAIN_MILLIS = 2_000;

    private final long id;
    private final DynoSpec spec;
    private final DynoObserver observer;
    private final Consumer<StopSignal> herald;
    private final Processes processes;
    private final DynoProcess process;
    private final OutputPump pump;
    private final OutputChannel output;
    private final StandardInput input;
    private final OptionalInt port;
    private final ReadinessWatch readiness;
    private final Runnable cleanUp;
    private final EndWatch endWatch;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile @Nullable DynoUsage usage;
    private long toldKills;

    LocalDyno(
            long id,
            DynoSpec spec,
            DynoObserver observer,
            Consumer<StopSignal> herald,
            Processes processes,
            DynoProcess process,
            OutputPump pump,
            OutputChannel output,
            StandardInput input,
            OptionalInt port,
            ReadinessWatch readiness,
            Runnable cleanUp) {
        this.id = id;
        this.spec = spec;
        this.observer = observer;
        this.herald = herald;
        this.processes = processes;
        this.process = process;
        this.endWatch = new EndWatch(process);
        this.pump = pump;
        this.output = output;
        this.input = input;
        this.port = port;
        this.readiness = readiness;
        this.cleanUp = cleanUp;
    }

    @Override
    public Optional<URI> address() {
        return port.isPresent() ? Optional.of(URI.create("http://127.0.0.1:" + port.getAsInt())) : Optional.empty();
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public Optional<DynoUsage> usage() {
        return Optional.ofNullable(usage);
    }

    @Override
    public void resize(TerminalSize size) {
        try {
            if (process.isAlive()) {
                input.resize(process, size);
            }
        } catch (IOException e) {
            LOG.warn("cannot resize the terminal of pid {}", process.pid(), e);
        }
    }

    @Override
    public void terminate(StopSignal signal) {
        readiness.cancel();
        herald.accept(signal);
        processes.terminate(id, process, signal);
    }

    @Override
    public void kill() {
        readiness.cancel();
        process.kill();
    }

    long id() {
        return id;
    }

    /** The memory that it should not exceed. */
    ByteSize quota() {
        return spec.size().memory();
    }

    void measured(DynoUsage now) {
        usage = now;
        observer.measured(now);
    }

    /**
     * If the kernel has killed a process of it since the last call: what it asked for was more than twice its quota, a page
     * at least. That is all one knows of it, and it is what a measurement just before would have shown.
     */
    synchronized void tellRefusedMemory() {
        long kills = processes.outOfMemoryKills(id);
        if (kills > toldKills) {
            toldKills = kills;
            ByteSize asked = new ByteSize(2 * quota().bytes() + 1);
            DynoUsage before = usage;
            measured(new DynoUsage(
                    asked,
                    asked,
                    new ByteSize(0),
                    before == null ? 1 : before.processes(),
                    before == null ? Duration.ZERO : before.cpu()));
        }
    }

    OutputPump pump() {
        return pump;
    }

    ReadinessWatch readiness() {
        return readiness;
    }

    OptionalInt port() {
        return port;
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** Waits until the process is gone and cleaned up after. */
    boolean awaitGone(long millis) throws InterruptedException {
        return gone.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Where its end is noticed. */
    EndWatch endWatch() {
        return endWatch;
    }

    /** The work of a thread that is started when the process has ended: makes sure of it, reports it and cleans up. */
    void attend() {
        try {
            endRest();
            observer.exited(new Exit.Exited(process.status()));
            drain();
        } finally {
            readiness.awaitEnd();
            cleanUp.run();
            gone.countDown();
        }
    }

    /** Whatever fails here, such as a look at the machine's processes: the end itself is told all the same. */
    private void endRest() {
        try {
            readiness.cancel();
            tellRefusedMemory();
            process.kill();
            hasOutputEnded(GROUP_MILLIS);
            Set<Long> outlivers = processes.endAll(id, process);
            if (!outlivers.isEmpty()) {
                observer.leaked(List.copyOf(outlivers));
            }
            hasOutputEnded(LAST_WORDS_MILLIS);
        } catch (RuntimeException | Error e) {
            LOG.error("cannot make sure that nothing is left of pid {}", process.pid(), e);
        }
    }

    /** Nobody who could write is left, so the output ends as soon as it is read; if not, the rest of it is abandoned. */
    private void drain() {
        if (!hasOutputEnded(DRAIN_MILLIS)) {
            LOG.warn("the output of pid {} does not end; the rest of it is dropped", process.pid());
        }
        try {
            output.close();
            input.close();
        } catch (IOException e) {
            LOG.warn("cannot close input or output of pid {}", process.pid(), e);
        }
    }

    private boolean hasOutputEnded(long millis) {
        try {
            return pump.awaitEnd(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
