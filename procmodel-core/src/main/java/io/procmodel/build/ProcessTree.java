package io.procmodel.build;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.ProcessDestroyer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that one command started. They are killed when it ends, because what it left behind has no business any
 * more and may hold its output open; and before that when the build gives up. Commons Exec hands over the process as soon
 * as it runs.
 */
final class ProcessTree implements ProcessDestroyer {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final int SECONDS_TO_SIGNAL = 10;

    private final boolean leadsGroup;
    private @Nullable Process root;
    private CompletableFuture<?> cleanUp = CompletableFuture.completedFuture(null);
    private boolean killed;

    /**
     * Waits for the process.
     *
     * @param leadsGroup whether the process is started as the leader of its own process group
     */
    ProcessTree(boolean leadsGroup) {
        this.leadsGroup = leadsGroup;
    }

    @Override
    public synchronized boolean add(Process process) {
        root = process;
        cleanUp = process.onExit().thenRun(this::killAll);
        if (killed) {
            killAll();
        }
        return true;
    }

    @Override
    public boolean remove(Process process) {
        return true;
    }

    @Override
    public synchronized int size() {
        return root == null ? 0 : 1;
    }

    /** Kills all that runs, and all that is still to be started. Blocks for the time that a signal takes. */
    synchronized void kill() {
        killed = true;
        if (root != null) {
            killAll();
        }
    }

    /** Waits until what the ended command left behind is killed. */
    void awaitCleanUp() throws InterruptedException {
        CompletableFuture<?> pending;
        synchronized (this) {
            pending = cleanUp;
        }
        try {
            pending.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the processes of a build step could not be killed", e.getCause());
        }
    }

    private synchronized void killAll() {
        if (root == null) {
            return;
        }
        List<ProcessHandle> descendants = root.descendants().toList();
        if (leadsGroup) {
            killGroup(root.pid());
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
    }

    /** Also reaches the processes whose parent is gone; the JDK cannot signal a group. */
    private static void killGroup(long group) {
        try {
            Process signal = new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + group)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!signal.waitFor(SECONDS_TO_SIGNAL, TimeUnit.SECONDS)) {
                signal.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("Could not signal the process group {} of a build step", group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
