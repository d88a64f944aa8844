package io.procmodel.runtime;

import io.procmodel.dyno.DynoUsage;
import io.procmodel.dyno.Exit;
import java.util.List;

/**
 * Told by a runtime what becomes of one dyno: {@link #started} first, then perhaps {@link #listening} and
 * {@link #measured}, then {@link #exited} last and once. Called on the runtime's threads; implementations return at once
 * and do not throw.
 */
public interface DynoObserver {
    /** The dyno's process exists. */
    void started(RunningDyno dyno);

    /** Its port accepts connections. Only for dynos with a port. */
    void listening();

    /**
     * Its use of the machine was measured: every some seconds, oftener near its size's quota, and never where the runtime
     * has no {@link Capability#USAGE}.
     */
    default void measured(DynoUsage usage) {}

    /**
     * Some of its processes had left its group and outlived it. They have been sent SIGKILL.
     *
     * @param pids the operating system's ids of those processes
     */
    default void leaked(List<Long> pids) {}

    /** Its main process has ended, and what was left of its processes has been killed. */
    void exited(Exit exit);
}
