package io.procmodel.runtime.local;

import io.procmodel.log.LogSource;
import io.procmodel.policy.Readiness;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.DynoStartException;
import io.procmodel.runtime.PortRequest;
import io.procmodel.slug.SlugStore;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs dynos as processes of this machine, each in a directory of its own. Thread-safe. Per dyno it has one thread, one
 * more while a path or a command tells whether it is ready, and one for all ports; everything it makes on disk is below one
 * run directory, which it empties when it is opened and removes when it is closed.
 */
public final class LocalRuntime implements DynoRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);
    private static final long CLOSE_SECONDS = 30;

    private final RunDirectory directory;
    private final Processes processes;
    private final Box box;
    private final ProcessSetup setup;
    private final Homes homes;
    private final Outlets outlets;
    private final Inputs inputs;
    private final Ports ports;
    private final PortProbe probe = new PortProbe();
    private final String bootId = ProcFiles.bootId();
    private final Set<LocalDyno> dynos = ConcurrentHashMap.newKeySet();
    private final AtomicLong counter = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Shared by starts under way; whoever closes waits for them. */
    private final ReentrantReadWriteLock starting = new ReentrantReadWriteLock();

    LocalRuntime(
            RunDirectory directory,
            Map<String, String> baseEnvironment,
            Processes processes,
            Box box,
            Homes homes,
            Outlets outlets,
            Inputs inputs,
            Ports ports) {
        this.directory = directory;
        this.processes = processes;
        this.box = box;
        this.setup = new ProcessSetup(Map.copyOf(baseEnvironment), box);
        this.homes = homes;
        this.outlets = outlets;
        this.inputs = inputs;
        this.ports = ports;
        processes.watch(dynos);
    }

    /**
     * Starts to describe a runtime.
     *
     * @param runDirectory where slugs are expanded and dynos have their files; emptied first, and used by this runtime only
     * @param slugs where slugs come from
     */
    public static LocalRuntimeBuilder builder(Path runDirectory, SlugStore slugs) {
        return new LocalRuntimeBuilder(runDirectory, slugs);
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = processes.capabilities();
        capabilities.addAll(box.capabilities());
        if (outlets.areComplete()) {
            capabilities.add(Capability.COMPLETE_OUTPUT);
        }
        if (inputs.haveTerminals()) {
            capabilities.add(Capability.TERMINAL);
        }
        return capabilities;
    }

    @Override
    public void start(DynoSpec spec, DynoObserver observer) {
        Undo undo = new Undo();
        starting.readLock().lock();
        try {
            LocalDyno dyno = launch(spec, observer, undo);
            dynos.add(dyno);
            undo.add(() -> dynos.remove(dyno));
            observer.started(dyno);
            attend(spec, dyno, observer);
        } catch (IOException e) {
            undo.run();
            throw new DynoStartException(spec.name(), String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            // No more memory for a thread, for example.
            undo.run();
            throw e;
        } finally {
            starting.readLock().unlock();
        }
    }

    private LocalDyno launch(DynoSpec spec, DynoObserver observer, Undo undo) throws IOException {
        undo.add(spec.output());
        if (closed.get()) {
            throw new IOException("the runtime is closed");
        }
        long id = counter.incrementAndGet();
        Undo cleanUp = new Undo();
        undo.add(cleanUp::run);
        DynoHome home = homes.make(spec.app() + "." + spec.name() + "." + id, spec.files(), cleanUp);
        OptionalInt port = port(spec.port());
        cleanUp.add(() -> port.ifPresent(ports::release));
        ReadinessWatch readiness = readiness(spec, port);
        Inputs.Opened input = inputs.open(spec);
        undo.add(input.input());
        Outlet output = outlets.open(input.input()::output, readiness.watching(spec.output()), undo, cleanUp);
        Optional<Outlet> errors = errors(spec, output.source(), undo, cleanUp);
        List<String> shell = processes.shell(input.input().wrap(ProcessSetup.command(spec.command(), home)));
        DynoProcess process = processes.start(
                id, spec.size(), setup.launch(process(spec, shell, home, port, output, errors), home, input.input()));
        undo.add(() -> processes.endAll(id, process));
        Path pidFile = directory.pids().resolve(Long.toString(id));
        cleanUp.add(() -> Files.deleteIfExists(pidFile));
        PidFile.write(pidFile, process.pid(), bootId);
        OutputPump errorPump = errors.isPresent()
                ? new OutputPump(errors.get().started(process), errors.get().source())
                : null;
        OutputPump pump = new OutputPump(output.started(process), output.source(), errorPump);
        input.pump().ifPresent(filling -> startThread(spec, "input", filling));
        if (errorPump != null) {
            startThread(spec, "errors", errorPump);
        }
        return new LocalDyno(
                id,
                spec,
                observer,
                signal -> box.announce(home, signal),
                processes,
                process,
                pump,
                output.channel(),
                input.input(),
                port,
                readiness,
                cleanUp);
    }

    /** The standard error, where the log wants it apart and the host can keep it so. */
    private Optional<Outlet> errors(DynoSpec spec, LogSource output, Undo undo, Undo cleanUp) throws IOException {
        Optional<LogSource> apart =
                spec.attachment().isPresent() || !outlets.areComplete() ? Optional.empty() : output.errors();
        return apart.isPresent()
                ? Optional.of(outlets.open(UnaryOperator.identity(), apart.get(), undo, cleanUp))
                : Optional.empty();
    }

    private OptionalInt port(PortRequest request) throws IOException {
        if (request instanceof PortRequest.Fixed fixed) {
            return OptionalInt.of(ports.reserve(fixed.port()));
        }
        return request instanceof PortRequest.Any ? OptionalInt.of(ports.reserve()) : OptionalInt.empty();
    }

    private ProcessBuilder process(
            DynoSpec spec,
            List<String> shell,
            DynoHome home,
            OptionalInt port,
            Outlet output,
            Optional<Outlet> errors) {
        ProcessBuilder builder = setup.builder(spec, shell, home, port)
                .redirectErrorStream(errors.isEmpty())
                .redirectOutput(output.channel().redirect());
        errors.ifPresent(apart -> builder.redirectError(apart.channel().redirect()));
        return builder;
    }

    /** What finds out that a dyno is ready, once its port is open. */
    private ReadinessWatch readiness(DynoSpec spec, OptionalInt port) {
        Readiness asked = spec.readiness();
        if (asked instanceof Readiness.LogLine line) {
            return new LineWatch(line.regex());
        }
        ThreadFactory threads = new NamedThreads("procmodel-" + spec.app() + "-" + spec.name() + "-readiness");
        if (asked instanceof Readiness.HttpPath path && port.isPresent()) {
            return new RepeatedCheck(new HttpCheck(port.getAsInt(), path), threads);
        }
        if (asked instanceof Readiness.Command command && port.isPresent()) {
            CheckCommands runs = new CheckCommands(
                    spec, command.command(), port.getAsInt(), homes, setup, processes, counter::incrementAndGet);
            return new RepeatedCheck(new CommandCheck(runs, command.timeout()), threads);
        }
        return ReadinessWatch.PORT;
    }

    private void attend(DynoSpec spec, LocalDyno dyno, DynoObserver observer) {
        startThread(spec, "output", dyno.pump());
        dyno.port()
                .ifPresent(port ->
                        probe.watch(port, dyno::hasEnded, () -> dyno.readiness().portOpened(observer::listening)));
        dyno.endWatch()
                .whenEnded(() -> startThread(spec, "exit", () -> {
                    try {
                        dyno.attend();
                    } finally {
                        dynos.remove(dyno);
                    }
                }));
    }

    private static void startThread(DynoSpec spec, String role, Runnable work) {
        new NamedThreads("procmodel-" + spec.app() + "-" + spec.name() + "-" + role)
                .newThread(work)
                .start();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        probe.close();
        try {
            awaitStarts();
            dynos.forEach(LocalDyno::kill);
            awaitAllGone();
            directory.delete();
        } catch (IOException e) {
            LOG.warn("cannot remove {}", directory.root(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            processes.close();
        }
    }

    private void awaitStarts() throws InterruptedException {
        if (starting.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            starting.writeLock().unlock();
        } else {
            LOG.warn("a dyno is still being started");
        }
    }

    private void awaitAllGone() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        for (LocalDyno dyno : dynos) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (!dyno.awaitGone(Math.max(0, millis))) {
                LOG.warn("pid {} is still there after SIGKILL", dyno.pid().orElse(-1));
            }
        }
    }
}
