package io.procmodel.runtime;

import io.procmodel.dyno.DynoUsage;
import io.procmodel.policy.StopSignal;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** The handle of a dyno that a runtime has started. Thread-safe; after the exit all methods do nothing. */
public interface RunningDyno {
    /** Where it listens, if it was given a port. */
    Optional<URI> address();

    /** The operating system's id of its main process, where there is one. */
    OptionalLong pid();

    /** What it used when it was last measured; empty before that, and where the runtime cannot measure. */
    default Optional<DynoUsage> usage() {
        return Optional.empty();
    }

    /**
     * Changes the size of its terminal's window, which the programs in it are told. Does nothing without a terminal.
     */
    default void resize(TerminalSize size) {}

    /** Sends a signal that asks to end to every process of the dyno (Heroku: DYN-46). Does not wait. */
    void terminate(StopSignal signal);

    /** Sends SIGKILL to every process of the dyno. Does not wait. */
    void kill();
}
