package io.procmodel.runtime.local;

import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** How a command becomes a process, and how a signal reaches all of it. Chosen once, by what the host offers. */
interface Launcher extends AutoCloseable {
    /** What this way of launching can promise. */
    Set<Capability> capabilities();

    /** The shell that runs a command of a Procfile, as an argument vector. */
    List<String> shell(String command);

    /**
     * Starts a program so that signals reach all of it.
     *
     * @param doors the control groups that it enters first
     */
    DynoProcess start(Launch launch, List<String> doors) throws IOException;

    /** Ends what is common to all processes; none of them is alive any more. */
    @Override
    default void close() {}

    /** The best launcher for this host. */
    static Launcher best(HostTools tools, SignalMask ignored) {
        return ForkingLauncher.probe(tools)
                .or(() -> WatchdogLauncher.probe(tools, ignored))
                .orElseGet(() -> new PlainLauncher(tools));
    }
}
