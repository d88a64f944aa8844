package io.procmodel.runtime.local;

import com.google.common.io.Resources;
import io.procmodel.thread.NamedThreads;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A perl script beside this JVM that starts processes, as leaders of sessions of their own, and tells their ends. When the
 * pipe ends whose other end only this JVM holds, however that dies, it kills all their groups. It is their parent, so
 * whatever it signals is what it has started: an id is free for others only after the parent has asked for the exit status.
 * One thread reads what it tells. Thread-safe.
 */
final class ForkServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForkServer.class);
    private static final String SCRIPT = "launcher.pl";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long FAREWELL_SECONDS = 5;

    private final Process perl;
    private final SignalSender signals;
    private final OutputStream requests;
    private final Frames frames = new Frames(charset());
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Map<Long, ForkedProcess> processes = new HashMap<>();
    private long numbers;
    private boolean lost;
    private volatile boolean closed;

    private ForkServer(Process perl, SignalSender signals) {
        this.perl = perl;
        this.signals = signals;
        this.requests = perl.getOutputStream();
        new NamedThreads("procmodel-launcher").newThread(this::listen).start();
    }

    /**
     * Starts a server; {@link #isReady} tells whether it works on this machine.
     *
     * @param signals for its children if it should die
     */
    static ForkServer start(String perl, SignalSender signals) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(perl))
                .directory(ProcFiles.PROC.getRoot().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        return new ForkServer(builder.start(), signals);
    }

    static List<String> command(String perl) throws IOException {
        return List.of(
                perl,
                "-e",
                Resources.toString(Resources.getResource(ForkServer.class, SCRIPT), StandardCharsets.US_ASCII),
                System.getProperty("os.arch"));
    }

    /** That of the JDK's own processes; where that is the poorest, text would be lost that another one keeps. */
    private static Charset charset() {
        Charset own = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return own.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : own;
    }

    /** Waits until it has begun to serve, or has found that it cannot. */
    boolean isReady() {
        try {
            return ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the launcher says nothing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    long pid() {
        return perl.pid();
    }

    synchronized boolean isLost() {
        return lost;
    }

    /**
     * Starts a process; returns when it has become its program.
     *
     * @throws IOException also if its directory, its program or one of its files is not there
     */
    ForkedProcess start(ForkRequest request) throws IOException {
        ForkedProcess process = admit();
        try {
            send(request.fields(process.number()));
        } catch (IOException e) {
            forget(process.number());
            throw e;
        }
        process.awaitStart(PATIENCE);
        return process;
    }

    private synchronized ForkedProcess admit() throws IOException {
        if (lost) {
            throw new IOException("the launcher has died");
        }
        ForkedProcess process = new ForkedProcess(this, ++numbers);
        processes.put(process.number(), process);
        return process;
    }

    private synchronized Optional<ForkedProcess> forget(long number) {
        return Optional.ofNullable(processes.remove(number));
    }

    private synchronized Optional<ForkedProcess> known(long number) {
        return Optional.ofNullable(processes.get(number));
    }

    /** Sends a signal to the group of a process, unless that has ended meanwhile. */
    void signal(long number, String name) {
        try {
            send(List.of("signal", Long.toString(number), name));
        } catch (IOException e) {
            LOG.debug("the launcher has died, and its dynos are killed", e);
        }
    }

    private void send(List<String> fields) throws IOException {
        byte[] frame = frames.encode(fields);
        synchronized (requests) {
            requests.write(frame);
            requests.flush();
        }
    }

    private void listen() {
        try (DataInputStream replies = new DataInputStream(new BufferedInputStream(perl.getInputStream()))) {
            while (true) {
                take(frames.read(replies));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("the launcher says no more", e);
        } finally {
            lose();
        }
    }

    private void take(List<String> reply) {
        if (reply.get(0).equals("ready")) {
            ready.complete(true);
            return;
        }
        long number = Long.parseLong(reply.get(1));
        String detail = reply.get(2);
        switch (reply.get(0)) {
            case "started" -> known(number).ifPresent(process -> started(process, Long.parseLong(detail)));
            case "failed" -> forget(number).ifPresent(process -> process.tellFailure(detail));
            case "ended" -> forget(number).ifPresent(process -> process.tellEnd(Integer.parseInt(detail)));
            default -> throw new IllegalStateException("the launcher says " + reply.get(0));
        }
    }

    /** Whoever is no child of the server any more may be a stranger of the same id. */
    private void started(ForkedProcess process, long pid) {
        process.tellStart(
                pid,
                ProcessHandle.of(pid)
                        .filter(handle -> handle.parent()
                                .filter(parent -> parent.pid() == perl.pid())
                                .isPresent()));
    }

    private void lose() {
        List<ForkedProcess> orphans;
        synchronized (this) {
            lost = true;
            orphans = new ArrayList<>(processes.values());
            processes.clear();
        }
        ready.complete(false);
        if (!closed && !orphans.isEmpty()) {
            LOG.warn("the launcher, pid {}, has died; its {} dynos are killed", perl.pid(), orphans.size());
        }
        perl.destroyForcibly();
        List<Long> groups = orphans.stream()
                .flatMap(orphan -> orphan.livingGroup().stream())
                .toList();
        if (!groups.isEmpty()) {
            signals.killGroups(groups);
        }
        orphans.forEach(ForkedProcess::orphan);
    }

    /** Ends the server, and whatever it has still running. */
    @Override
    public void close() {
        closed = true;
        try {
            requests.close();
        } catch (IOException e) {
            LOG.debug("the launcher has gone before", e);
        }
        try {
            if (perl.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        perl.destroyForcibly();
    }
}
