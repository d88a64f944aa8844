package io.procmodel.runtime.local;

import com.google.common.base.Throwables;
import io.procmodel.policy.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A child of a {@link ForkServer}, which knows its end before anybody else can have its id. */
final class ForkedProcess implements DynoProcess {
    private static final int SIGNALLED = 128;
    private static final int SIGNAL_BITS = 0x7f;
    private static final int KILLED = SIGNALLED + 9;

    private final ForkServer server;
    private final long number;
    private final CompletableFuture<Long> started = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile Optional<ProcessHandle> handle = Optional.empty();

    /**
     * Creates a process that is to be started.
     *
     * @param number what the server knows it by
     */
    ForkedProcess(ForkServer server, long number) {
        this.server = server;
        this.number = number;
    }

    long number() {
        return number;
    }

    /**
     * Told by the server when it has become its program.
     *
     * @param own what this JVM knows of it, if it still is the server's child
     */
    void tellStart(long pid, Optional<ProcessHandle> own) {
        handle = own;
        started.complete(pid);
    }

    void tellFailure(String reason) {
        started.completeExceptionally(new IOException(reason));
    }

    /** Told by the server, with what {@code waitpid} has told it. */
    void tellEnd(int waitStatus) {
        int signal = waitStatus & SIGNAL_BITS;
        ended.complete(signal == 0 ? waitStatus >> Byte.SIZE : SIGNALLED + signal);
    }

    /** Its group, if it is alive and this JVM can tell it from a stranger. */
    Optional<Long> livingGroup() {
        return handle.filter(ProcessHandle::isAlive).map(ProcessHandle::pid);
    }

    /** Its server has died, and nobody will know how it ends: it is killed. */
    void orphan() {
        tellFailure("the launcher has died");
        handle.ifPresent(ProcessHandle::destroyForcibly);
        ended.complete(KILLED);
    }

    /** Waits until it has become its program. */
    void awaitStart(Duration patience) throws IOException {
        try {
            started.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(Throwables.getRootCause(e).getMessage(), e);
        } catch (TimeoutException e) {
            kill();
            throw new IOException("not started after " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was being started", e);
        }
    }

    @Override
    public long pid() {
        return started.join();
    }

    @Override
    public boolean isAlive() {
        return !ended.isDone();
    }

    @Override
    public CompletableFuture<?> onExit() {
        return ended;
    }

    @Override
    public boolean awaitExit(Duration patience) throws InterruptedException {
        try {
            ended.get(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end that cannot fail has failed", e);
        }
    }

    @Override
    public int status() {
        if (isAlive()) {
            throw new IllegalStateException("pid " + pid() + " has not ended");
        }
        return ended.join();
    }

    @Override
    public void terminate(StopSignal signal) {
        signal(signal.name());
    }

    /** After its end there is nothing to do: the server kills the group before it tells. */
    @Override
    public void kill() {
        signal("KILL");
    }

    private void signal(String name) {
        if (isAlive()) {
            server.signal(number, name);
        }
    }
}
