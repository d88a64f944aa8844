package io.procmodel.runtime.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices the end of a process, once. No thread waits for that: each costs the host as much memory as all else of a dyno. The
 * launcher tells; the JDK does it by the host's common pool, and should that be busy, {@link #look} finds out. Thread-safe.
 */
final class EndWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EndWatch.class);

    private final DynoProcess process;
    private final AtomicBoolean seen = new AtomicBoolean();
    private volatile @Nullable Runnable work;

    EndWatch(DynoProcess process) {
        this.process = process;
    }

    /** Has something done when the process has ended, at once if it has already. */
    void whenEnded(Runnable toDo) {
        work = toDo;
        CompletableFuture<?> unused = process.onExit().thenRun(this::look);
    }

    /** Does what is to be done at the end, if that has come; once. */
    void look() {
        Runnable toDo = work;
        if (toDo != null && !process.isAlive() && seen.compareAndSet(false, true)) {
            try {
                toDo.run();
            } catch (OutOfMemoryError e) {
                LOG.error("no thread to be had for the end of pid {}; trying again", process.pid(), e);
                seen.set(false);
            }
        }
    }
}
