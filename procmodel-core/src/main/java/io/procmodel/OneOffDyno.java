package io.procmodel;

import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.Exit;
import io.procmodel.error.ProcModelException;
import io.procmodel.runtime.TerminalSize;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A one-off dyno that was started, what {@code heroku run} is about. It is never started again (Heroku: DYN-18), and neither
 * a release nor a restart stops it (DYN-29, DYN-74). Thread-safe.
 */
public final class OneOffDyno {
    private final DynoName name;
    private final OneOffSpec spec;
    private final DynoManager manager;
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> silent = new CompletableFuture<>();
    private final CompletableFuture<Exit> exit;

    OneOffDyno(DynoName name, OneOffSpec spec, DynoManager manager, Consumer<OneOffDyno> onEnd) {
        this.name = name;
        this.spec = spec;
        this.manager = manager;
        this.exit = finished(ended.thenCombine(silent, (how, nothing) -> how), onEnd);
    }

    /** A client's terminal takes a while to be given back; without a client nobody has to wait for a thread of the pool. */
    private CompletableFuture<Exit> finished(CompletableFuture<Exit> both, Consumer<OneOffDyno> onEnd) {
        return spec.client() == null
                ? both.whenComplete((how, failure) -> onEnd.accept(this))
                : both.whenCompleteAsync((how, failure) -> onEnd.accept(this));
    }

    /** Its name, such as {@code run.1}. */
    public DynoName name() {
        return name;
    }

    /** The command that it runs, unexpanded. */
    public String command() {
        return spec.command();
    }

    /** The version of the release that it runs. */
    public int release() {
        return spec.release().version();
    }

    /** Its state: {@code starting}, {@code up}, {@code stopping}, and {@code complete} at the end (Heroku: DYN-8). */
    public DynoState state() {
        return manager.dynos().stream()
                .filter(dyno -> dyno.name().equals(name))
                .map(Dyno::state)
                .findFirst()
                .filter(state -> !exit.isDone())
                .orElse(DynoState.COMPLETE);
    }

    /** How it ended; empty while it has not. */
    public Optional<Exit> exit() {
        return exit.isDone() && !exit.isCompletedExceptionally() ? Optional.of(exit.join()) : Optional.empty();
    }

    /**
     * Completed with how it ended, on a thread of the common pool, or with a {@link PlatformClosedException} if the platform
     * was closed and could not find out. Completing or cancelling it changes nothing.
     */
    public CompletableFuture<Exit> onExit() {
        return exit.whenCompleteAsync((how, failure) -> {});
    }

    /**
     * Waits for its end and that of its output. It goes on running when time runs out.
     *
     * @return the exit status; 128 + n when signal n ended it (Heroku: DYN-25), 126 when it could not be started
     * @throws OneOffTimeoutException if it has not ended by then; the message has the last lines that it printed
     * @throws PlatformClosedException if the platform was closed and could not find out how it ended
     */
    public int await(Duration timeout) {
        try {
            return exit.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)
                    .status();
        } catch (TimeoutException e) {
            throw new OneOffTimeoutException(this, timeout, manager.recentLines(name));
        } catch (ExecutionException e) {
            throw new PlatformClosedException("wait for " + name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcModelException("interrupted while waiting for the end of " + name, e);
        }
    }

    /**
     * Asks it to end, with the signal, the grace and the SIGKILL of any stop (Heroku: DYN-78). Returns when that is decided;
     * does nothing if it has ended.
     */
    public void stop() {
        if (!exit.isDone()) {
            manager.stop(name::equals).join();
        }
    }

    /**
     * Changes the size of its terminal's window, which the programs in it are told. Returns at once; does nothing if it has
     * no terminal or has ended.
     */
    public void resize(TerminalSize size) {
        manager.resize(name, size);
    }

    OneOffSpec spec() {
        return spec;
    }

    void ended(Exit how) {
        if (how instanceof Exit.NotStarted) {
            silent();
        }
        ended.complete(how);
    }

    /** The last byte of its output has been handed on. */
    void silent() {
        silent.complete(null);
    }

    /** Nobody will report its end any more. */
    void abandoned() {
        silent.complete(null);
        ended.completeExceptionally(new PlatformClosedException("run of " + name));
    }

    /** For example {@code run.1 up}. */
    @Override
    public String toString() {
        return name + " " + state();
    }
}
