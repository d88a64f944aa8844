package io.procmodel.local;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.runtime.local.LocalRuntime;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a {@link LocalRun}. Thread-safe. They are below the same watchdog as dynos: should this JVM be killed,
 * they end with it.
 */
public final class LocalProcesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcesses.class);
    private static final AppName APP = AppName.of("local");
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final RestartPolicy RESTARTS =
            RestartPolicy.exponential(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0, Duration.ofSeconds(10));

    private final LocalRun run;
    private final Path runDirectory;
    private final DynoRuntime runtime;
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-local"));
    private final List<LocalProcess> processes = new ArrayList<>();
    private final List<LocalExit> exits = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean stopping;

    private LocalProcesses(LocalRun run, Path runDirectory) {
        this.run = run;
        this.runDirectory = runDirectory;
        this.runtime = LocalRuntime.builder(
                        runDirectory.resolve("run"), FileSlugStore.at(runDirectory.resolve("slugs")))
                .hostEnvironment(run.environment())
                .isolation(Isolation.NONE)
                .hardLimits(false)
                .open();
    }

    static LocalProcesses start(LocalRun run) {
        LocalProcesses processes;
        try {
            processes = new LocalProcesses(run, Files.createTempDirectory("procmodel-local"));
        } catch (IOException e) {
            throw new StorageException("create", Path.of(System.getProperty("java.io.tmpdir")), e);
        }
        try {
            processes.plan();
            processes.startAll();
            return processes;
        } catch (RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    /** Everything that can be wrong is found before the first process starts. */
    private void plan() {
        Map<String, String> environment = run.environment();
        run.ports()
                .forEach((name, port) -> processes.add(new LocalProcess(
                        DynoSpec.of(APP, name, new DynoFiles.InPlace(run.directory()), run.command(name))
                                .environment(environment)
                                .port(port))));
    }

    private void startAll() {
        processes.forEach(this::launch);
    }

    private void launch(LocalProcess process) {
        synchronized (this) {
            if (stopping) {
                return;
            }
            process.starting();
        }
        LogSource output = run.output().open(APP, LogOrigin.app(process.name().toString()));
        try {
            runtime.start(process.spec().output(output), new Observer(process));
        } catch (ProcModelException e) {
            synchronized (this) {
                process.ended();
            }
            throw e;
        }
    }

    /** The names of the processes, in the order of the Procfile. */
    public List<DynoName> names() {
        return processes.stream().map(LocalProcess::name).toList();
    }

    /** The port that a process was given. */
    public synchronized Optional<Integer> port(DynoName name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .flatMap(LocalProcess::port);
    }

    /**
     * Waits until the run is over: everything has ended.
     *
     * @throws ProcModelException if it is not over after this time, or this thread is interrupted; the run goes on
     */
    public LocalRunResult await(Duration timeout) {
        try {
            if (!over.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProcModelException("the local run is not over after " + timeout.toMillis()
                        + " ms; still there: " + alive() + " (expected: every process ended)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcModelException("interrupted while waiting for the local run to be over", e);
        }
        return result();
    }

    private synchronized LocalRunResult result() {
        return new LocalRunResult(exits);
    }

    private synchronized List<DynoName> alive() {
        return processes.stream()
                .filter(LocalProcess::isAlive)
                .map(LocalProcess::name)
                .toList();
    }

    /** Asks every process to end with SIGTERM, and ends those with SIGKILL that are there after the grace. Does not wait. */
    public synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        say("sending SIGTERM to all processes");
        processes.forEach(LocalProcess::terminate);
        later(this::killTheRest, run.grace());
        checkOver();
    }

    private synchronized void killTheRest() {
        if (!alive().isEmpty()) {
            say("sending SIGKILL to all processes");
            processes.forEach(LocalProcess::kill);
        }
    }

    private synchronized void started(LocalProcess process, RunningDyno dyno) {
        process.started(dyno, Instant.now());
        dyno.pid().ifPresent(pid -> say(process.name(), "started with pid " + pid));
        if (stopping) {
            process.terminate();
        }
    }

    private synchronized void exited(LocalProcess process, Exit exit) {
        DynoName name = process.name();
        process.ended();
        exits.add(new LocalExit(name, exit, stopping));
        say(name, "exited with code " + exit.status());
        if (!stopping) {
            switch (run.onExit(name.processType())) {
                case STOP_ALL -> stop();
                case RESTART -> restartLater(process, exit);
                case IGNORE -> {}
            }
        }
        checkOver();
    }

    private void restartLater(LocalProcess process, Exit exit) {
        int crashes = process.crashed(Instant.now(), RESTARTS.resetAfter());
        process.toStartAgain();
        Duration pause =
                RESTARTS.pauseAfter(new RestartPolicy.Crash(crashes, exit, 0)).orElseThrow();
        later(() -> restart(process), pause);
    }

    private void restart(LocalProcess process) {
        try {
            launch(process);
        } catch (ProcModelException e) {
            exited(process, new Exit.NotStarted(String.valueOf(e.getMessage())));
        }
    }

    private void checkOver() {
        boolean someAlive = processes.stream().anyMatch(LocalProcess::isAlive);
        boolean someToCome = !stopping && processes.stream().anyMatch(LocalProcess::isToStart);
        if (!someAlive && !someToCome) {
            over.countDown();
        }
    }

    private void later(Runnable work, Duration delay) {
        try {
            Future<?> unused = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the local run is closed");
        }
    }

    private void say(String text) {
        say("system", text);
    }

    private void say(DynoName name, String text) {
        say(name.toString(), text);
    }

    private void say(String process, String text) {
        try (LogSource source = run.output().open(APP, LogOrigin.heroku(process))) {
            source.line(text);
        }
    }

    /** Stops everything, waits for it, and gives everything back. Bounded by the grace and some seconds; idempotent. */
    @Override
    public void close() {
        stop();
        try {
            Duration most = run.grace().plus(AFTER_KILL);
            if (!over.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("processes of a local run are still there after SIGKILL: {}", alive());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
            runtime.close();
            removeFiles();
        }
    }

    private void removeFiles() {
        try {
            FileTree.delete(runDirectory);
        } catch (IOException e) {
            LOG.warn("cannot remove {}", runDirectory, e);
        }
    }

    /** Passes on what becomes of one process. */
    private final class Observer implements DynoObserver {
        private final LocalProcess process;

        Observer(LocalProcess process) {
            this.process = process;
        }

        @Override
        public void started(RunningDyno dyno) {
            LocalProcesses.this.started(process, dyno);
        }

        @Override
        public void listening() {
            // Nobody waits for a port in local development.
        }

        @Override
        public void exited(Exit exit) {
            LocalProcesses.this.exited(process, exit);
        }
    }
}
