package io.procmodel.runtime;

import io.procmodel.dyno.Exit;

/**
 * Told by a runtime what becomes of one dyno: {@link #started} first, then perhaps {@link #listening}, then
 * {@link #exited} last and once. Called on the runtime's threads; implementations return at once and do not throw.
 */
public interface DynoObserver {
    /** The dyno's process exists. */
    void started(RunningDyno dyno);

    /** Its port accepts connections. Only for dynos with a port. */
    void listening();

    /** Its main process has ended, and what was left of its processes has been killed. */
    void exited(Exit exit);
}
