package io.procmodel.runtime.local;

import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Capability;
import java.util.List;
import java.util.Set;

/** How a command becomes a process, and how a signal reaches all of it. Chosen once, by what the host offers. */
interface Launcher {
    /** What this way of launching can promise. */
    Set<Capability> capabilities();

    /** The shell that runs a command of a Procfile, as an argument vector. */
    List<String> shell(String command);

    /**
     * The argument vector that runs a program on an input so that signals reach all of it.
     *
     * @param doors the control groups that it enters first
     */
    List<String> commandLine(List<String> program, StandardInput.Place input, List<String> doors);

    /** Sends a signal to every process that this launcher can reach. */
    void terminate(Process process, StopSignal signal);

    /** Sends SIGKILL to every process that this launcher can reach; also called after the main process has ended. */
    void kill(Process process);

    /** The best launcher for this host. */
    static Launcher best(HostTools tools, SignalMask ignored) {
        return WatchdogLauncher.probe(tools, ignored)
                .<Launcher>map(launcher -> launcher)
                .orElseGet(() -> new PlainLauncher(tools));
    }
}
