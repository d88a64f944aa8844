package io.procmodel.runtime.local;

import io.procmodel.dyno.Exit;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.RunningDyno;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dyno as a process group of this machine. Two threads belong to it: one carries its output, one waits for its end and
 * then cleans up.
 */
final class LocalDyno implements RunningDyno {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDyno.class);
    private static final long DRAIN_MILLIS = 1_000;

    private final Launcher launcher;
    private final Process process;
    private final OutputPump pump;
    private final OutputChannel output;
    private final OptionalInt port;
    private final Runnable cleanUp;
    private final CountDownLatch gone = new CountDownLatch(1);

    LocalDyno(
            Launcher launcher,
            Process process,
            OutputPump pump,
            OutputChannel output,
            OptionalInt port,
            Runnable cleanUp) {
        this.launcher = launcher;
        this.process = process;
        this.pump = pump;
        this.output = output;
        this.port = port;
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
    public void terminate(StopSignal signal) {
        launcher.terminate(process, signal);
    }

    @Override
    public void kill() {
        launcher.kill(process);
    }

    OutputPump pump() {
        return pump;
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

    /** The work of the dyno's own thread: waits for the end, makes sure of it, reports it and cleans up. */
    void attend(DynoObserver observer) {
        try {
            int status = waitUninterruptibly();
            launcher.kill(process);
            drain();
            observer.exited(new Exit.Exited(status));
        } finally {
            cleanUp.run();
            gone.countDown();
        }
    }

    /** This thread is nobody's to interrupt; whoever wants it to end kills the process. */
    private int waitUninterruptibly() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                LOG.debug("interrupted while waiting for pid {}", process.pid());
            }
        }
    }

    /**
     * The group has just been killed, so its output ends at once. If it does not, somebody survived: the rest of the
     * session is killed by id, and output that even then has no end is abandoned.
     */
    private void drain() {
        try {
            if (!pump.awaitEnd(DRAIN_MILLIS)) {
                Survivors.ofSession(process.pid()).forEach(ProcessHandle::destroyForcibly);
                if (!pump.awaitEnd(DRAIN_MILLIS)) {
                    LOG.warn("a process outside the session of pid {} still holds the dyno's output", process.pid());
                }
            }
            output.close();
        } catch (IOException e) {
            LOG.warn("cannot close the output of pid {}", process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
