package io.procmodel.runtime.local;

import io.procmodel.policy.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The main process of a dyno, however it was launched. Where there are process groups, it leads one. Thread-safe. */
interface DynoProcess {
    long pid();

    boolean isAlive();

    /** Done when it has ended, or some time later if whoever tells it is busy. What depends on it must be short. */
    CompletableFuture<?> onExit();

    /** Waits for its end; false if it lives on after that time. */
    boolean awaitExit(Duration patience) throws InterruptedException;

    /** The exit status of a process that has ended; {@code 128 + n} if signal n has ended it. */
    int status();

    /** The JDK's side of it, if the JDK has started it: only that has pipes of the JDK. */
    default Optional<Process> ofTheJdk() {
        return Optional.empty();
    }

    /** Sends a signal to it and to all that belongs to it, as far as its launcher can reach. */
    void terminate(StopSignal signal);

    /** Sends SIGKILL to it and to all that belongs to it; also called after its end, for the rest. */
    void kill();
}
