package io.procmodel.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.exec.ProcessDestroyer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that one command started. Who runs it kills them when it ends, because what it left behind has no business
 * any more and may hold its output open; and before that when the build gives up. Commons Exec hands over the process as
 * soon as it runs.
 */
final class ProcessTree implements ProcessDestroyer {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Path PROC = Path.of("/proc");
    private static final Duration TIME_TO_DIE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 5;

    /** A program takes a millisecond to come; a busy machine may stretch that. */
    private static final long BECOMING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int SURE = 10;
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings().limit(4);

    private static final String ZOMBIE = "Z";

    private final String mark;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private @Nullable Process root;
    private @Nullable CompletableFuture<?> exit;
    private boolean killed;

    /**
     * Waits for the process.
     *
     * @param tag the value of {@link StepLauncher#TAG} in the environment of all of them
     */
    ProcessTree(String tag) {
        this.mark = '\0' + StepLauncher.TAG + '=' + tag + '\0';
    }

    @Override
    public synchronized boolean add(Process process) {
        root = process;
        exit = process.onExit().thenAccept(gone -> ended.complete(gone.exitValue()));
        if (killed) {
            kill();
        }
        return true;
    }

    @Override
    public boolean remove(Process process) {
        return true;
    }

    @Override
    public synchronized int size() {
        return exit == null ? 0 : 1;
    }

    /** The exit status of the command, as soon as it has ended; others may hold its output open still. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    /** Kills all that runs, and all that is still to be started. */
    synchronized void kill() {
        killed = true;
        if (root == null) {
            return;
        }
        List<ProcessHandle> descendants = root.descendants().toList();
        endWatchdogsInput(root);
        descendants.forEach(ProcessHandle::destroyForcibly);
        root.toHandle()
                .destroyForcibly(); // the process itself would close its output, and what is not read yet is lost
        known().forEach(ProcessHandle::destroyForcibly);
    }

    /** The watchdog kills the group at the end of its input; killed first, it can do that no more, but we know the group. */
    private static void endWatchdogsInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("The input of a build step was closed already", e);
        }
    }

    /** Kills until nothing is left, which an interrupt does not cut short. */
    void killAll() {
        long end = System.nanoTime() + TIME_TO_DIE.toNanos();
        boolean interrupted = false;
        kill();
        while (anyAlive()) {
            if (System.nanoTime() > end) {
                LOG.warn("Processes of a build step are still there after SIGKILL");
                break;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            kill();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean anyAlive() {
        return root != null && (root.isAlive() || !known().isEmpty());
    }

    /** The processes that carry the tag or are in the group; none are found where there is no /proc. */
    private List<ProcessHandle> known() {
        if (!Files.isDirectory(PROC)) {
            return List.of();
        }
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> carriesTag(process.pid()) || isInGroup(process.pid()))
                    .toList();
        }
    }

    private boolean carriesTag(long pid) {
        return ('\0' + environment(pid)).contains(mark);
    }

    /**
     * A process that is just becoming another program has none for a moment, and no arguments either, though it has memory:
     * that moment is waited out. Who has arguments has no environment indeed, unless it has become yet another meanwhile.
     */
    private static String environment(long pid) {
        long start = System.nanoTime();
        String environment = read(pid, "environ");
        int settled = 0;
        while (environment.isEmpty() && settled < SURE && hasMemory(pid)) {
            settled += !read(pid, "cmdline").isEmpty() || System.nanoTime() - start > BECOMING_NANOS ? 1 : 0;
            environment = read(pid, "environ");
        }
        return environment;
    }

    /** Threads of the kernel have none, nor has a process that has ended. */
    private static boolean hasMemory(long pid) {
        String pages = read(pid, "statm");
        return !pages.isEmpty() && !pages.startsWith("0 ");
    }

    /** After the name come the state, the parent and the group, whose number is that of the command if it leads one. */
    private boolean isInGroup(long pid) {
        String stat = read(pid, "stat");
        List<String> words = WORDS.splitToList(stat.substring(stat.lastIndexOf(')') + 1));
        return root != null
                && words.size() > 2
                && !words.get(0).equals(ZOMBIE)
                && words.get(2).equals(Long.toString(root.pid()));
    }

    private static String read(long pid, String file) {
        try {
            return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), ISO_8859_1);
        } catch (IOException e) {
            // Gone, or another user's, and so none of ours.
            return "";
        }
    }
}
