package io.procmodel.runtime.local;

import io.procmodel.error.StorageException;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.DynoStartException;
import io.procmodel.runtime.PortRequest;
import io.procmodel.runtime.Terminals;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugStore;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs dynos as processes of this machine, each in a directory of its own. Thread-safe. Per dyno it has two threads, and
 * one more for all ports; everything it makes on disk is below one run directory, which it empties when it is opened and
 * removes when it is closed.
 */
public final class LocalRuntime implements DynoRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(LocalRuntime.class);
    private static final long CLOSE_SECONDS = 10;

    private final RunDirectory directory;
    private final Map<String, String> baseEnvironment;
    private final Processes processes;
    private final OutputChannels outputs;
    private final Inputs inputs;
    private final SlugCache slugs;
    private final Ports ports;
    private final PortProbe probe = new PortProbe();
    private final String bootId = ProcFiles.bootId();
    private final Set<LocalDyno> dynos = ConcurrentHashMap.newKeySet();
    private final AtomicLong counter = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalRuntime(
            RunDirectory directory,
            SlugStore slugs,
            Map<String, String> hostEnvironment,
            HostTools tools,
            Processes processes,
            Random random,
            @Nullable Terminals terminals) {
        this.directory = directory;
        this.baseEnvironment = BaseEnvironment.of(hostEnvironment);
        this.processes = processes;
        this.outputs = new OutputChannels(directory.output(), tools);
        this.inputs = new Inputs(outputs, terminals, tools);
        this.slugs = new SlugCache(directory.slugs(), SlugExpander.of(slugs));
        this.ports = new Ports(random);
        processes.watch(dynos);
    }

    /**
     * Opens the runtime on a directory of which it is the only user. Processes that an earlier runtime on the same directory
     * has left running are killed first.
     *
     * @param runDirectory where slugs are expanded and dynos have their files; emptied first
     * @param slugs where slugs come from
     * @param hostEnvironment the host's environment, of which dynos see an allow-list only
     * @param random chooses ports
     * @throws StorageException if the directory cannot be emptied or written
     */
    public static LocalRuntime open(
            Path runDirectory, SlugStore slugs, Map<String, String> hostEnvironment, Random random) {
        return open(runDirectory, slugs, hostEnvironment, random, null);
    }

    /**
     * Opens the runtime with terminals of another make than the machine's own.
     *
     * @param runDirectory where slugs are expanded and dynos have their files; emptied first
     * @param slugs where slugs come from
     * @param hostEnvironment the host's environment, of which dynos see an allow-list only
     * @param random chooses ports
     * @param terminals where terminals come from; null for those of {@code script}
     * @throws StorageException if the directory cannot be emptied or written
     */
    public static LocalRuntime open(
            Path runDirectory,
            SlugStore slugs,
            Map<String, String> hostEnvironment,
            Random random,
            @Nullable Terminals terminals) {
        RunDirectory directory = new RunDirectory(runDirectory.toAbsolutePath());
        HostTools tools = new HostTools(hostEnvironment);
        Cookie cookie = Cookie.bake();
        try {
            new Sweep(directory).run();
            directory.prepare(cookie);
            Processes processes = new Processes(tools, cookie);
            return new LocalRuntime(directory, slugs, hostEnvironment, tools, processes, random, terminals);
        } catch (IOException e) {
            throw new StorageException("prepare", runDirectory, e);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = processes.capabilities();
        if (outputs.areComplete()) {
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
        try {
            LocalDyno dyno = launch(spec, observer, undo);
            dynos.add(dyno);
            if (closed.get()) {
                dyno.kill();
            }
            observer.started(dyno);
            attend(spec, dyno, observer);
        } catch (IOException e) {
            undo.run();
            throw new DynoStartException(spec.name(), String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            undo.run();
            throw e;
        }
    }

    private LocalDyno launch(DynoSpec spec, DynoObserver observer, Undo undo) throws IOException {
        undo.add(spec.output());
        if (closed.get()) {
            throw new IOException("the runtime is closed");
        }
        long id = counter.incrementAndGet();
        DynoHome home = home(directory.dynos().resolve(spec.app() + "." + spec.name() + "." + id), spec.files());
        undo.add(home::delete);
        OptionalInt port = port(spec.port());
        undo.add(() -> port.ifPresent(ports::release));
        Inputs.Opened input = inputs.open(spec);
        undo.add(input.input());
        OutputChannel output = input.input().output(outputs.open());
        undo.add(output);
        Process process = processes.start(
                id, input.input().wrap(spec.command()), input.input().place(), process(spec, home, port, output));
        undo.add(() -> processes.endAll(id, process));
        Path pidFile = directory.pids().resolve(Long.toString(id));
        undo.add(() -> Files.deleteIfExists(pidFile));
        PidFile.write(pidFile, process.pid(), bootId);
        OutputPump pump = new OutputPump(output.started(process), spec.output());
        input.pump().ifPresent(filling -> startThread(spec, "input", filling));
        return new LocalDyno(id, spec, observer, processes, process, pump, output, input.input(), port, () -> {
            port.ifPresent(ports::release);
            delete(home, pidFile);
        });
    }

    private DynoHome home(Path root, DynoFiles files) throws IOException {
        if (files instanceof DynoFiles.InPlace inPlace) {
            return DynoHome.inPlace(root, inPlace.directory());
        }
        return DynoHome.freshCopy(root, slugs.tree(((DynoFiles.FreshCopy) files).digest()));
    }

    private OptionalInt port(PortRequest request) throws IOException {
        if (request instanceof PortRequest.Fixed fixed) {
            return OptionalInt.of(ports.reserve(fixed.port()));
        }
        return request instanceof PortRequest.Any ? OptionalInt.of(ports.reserve()) : OptionalInt.empty();
    }

    private ProcessBuilder process(DynoSpec spec, DynoHome home, OptionalInt port, OutputChannel output) {
        ProcessBuilder builder = new ProcessBuilder()
                .directory(home.app().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.redirect());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(environment(spec, home, port));
        return builder;
    }

    /** The platform's own variables come last: a config var cannot point a dyno at another's port or directory. */
    private Map<String, String> environment(DynoSpec spec, DynoHome home, OptionalInt port) {
        Map<String, String> environment = new LinkedHashMap<>(baseEnvironment);
        boolean ownFiles = spec.files() instanceof DynoFiles.FreshCopy;
        if (ownFiles) {
            environment.put("TMPDIR", home.temporary().toString());
        }
        environment.putAll(spec.environment().reveal());
        if (ownFiles) {
            environment.put("HOME", home.app().toString());
        }
        environment.put("DYNO", spec.name().toString());
        environment.put("PS", spec.name().toString());
        port.ifPresent(number -> environment.put("PORT", Integer.toString(number)));
        return environment;
    }

    private void attend(DynoSpec spec, LocalDyno dyno, DynoObserver observer) {
        startThread(spec, "output", dyno.pump());
        startThread(spec, "exit", () -> {
            dyno.attend();
            dynos.remove(dyno);
        });
        dyno.port().ifPresent(port -> probe.watch(port, dyno::hasEnded, observer::listening));
    }

    private static void startThread(DynoSpec spec, String role, Runnable work) {
        new NamedThreads("procmodel-" + spec.app() + "-" + spec.name() + "-" + role)
                .newThread(work)
                .start();
    }

    private static void delete(DynoHome home, Path pidFile) {
        try {
            Files.deleteIfExists(pidFile);
            home.delete();
        } catch (IOException e) {
            LOG.warn("cannot remove the files of a dyno", e);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        probe.close();
        dynos.forEach(LocalDyno::kill);
        try {
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
