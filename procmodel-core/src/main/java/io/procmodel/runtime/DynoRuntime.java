package io.procmodel.runtime;

import io.procmodel.error.ProcModelException;
import java.util.Set;

/**
 * Where dynos run. Implementations are thread-safe; they act and report, while supervision decides what to start, stop and
 * restart.
 */
public interface DynoRuntime extends AutoCloseable {
    /** What this runtime can promise here; constant while it is open. */
    Set<Capability> capabilities();

    /**
     * Starts a dyno. Blocks until its process exists, which may include unpacking the slug. {@link DynoObserver#started}
     * is called before this method returns, and never if it throws.
     *
     * @param spec what to run
     * @param observer told what becomes of the dyno
     * @throws DynoStartException if it cannot be started; nothing of it is left then
     * @throws ProcModelException if the slug cannot be read
     */
    void start(DynoSpec spec, DynoObserver observer);

    /**
     * Kills what still runs, removes what dynos have left behind, and frees all threads. Idempotent and bounded in time.
     */
    @Override
    void close();
}
