package io.procmodel.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Makes output channels: named pipes where the host has {@code mkfifo}, the JDK's pipes elsewhere. Named pipes are made in
 * batches, since each batch costs a process. Thread-safe.
 */
public final class OutputChannels {
    private static final int BATCH = 128;
    private static final long MKFIFO_SECONDS = 30;

    private final Path directory;
    private final Optional<String> mkfifo;
    private final Deque<Path> ready = new ArrayDeque<>();
    private long made;

    /**
     * Creates a source of channels.
     *
     * @param directory an existing private directory for the named pipes
     * @param mkfifo the program of that name, if this machine has it
     */
    public OutputChannels(Path directory, Optional<String> mkfifo) {
        this.directory = directory;
        this.mkfifo = mkfifo;
    }

    /** Whether they are named pipes, which lose nothing. */
    public boolean areComplete() {
        return mkfifo.isPresent();
    }

    /** Opens one for what a process says. */
    public OutputChannel open() throws IOException {
        return open(Process::getInputStream);
    }

    /** Opens one for what it says on its standard error, where that goes another way. */
    public OutputChannel openForErrors() throws IOException {
        return open(Process::getErrorStream);
    }

    private OutputChannel open(Function<Process, InputStream> otherwise) throws IOException {
        return mkfifo.isPresent() ? FifoChannel.open(next(mkfifo.get())) : OutputChannel.processPipe(otherwise);
    }

    /** A named pipe of its own, for whatever use; empty where the host has none. */
    public Optional<Path> pipe() throws IOException {
        return mkfifo.isPresent() ? Optional.of(next(mkfifo.get())) : Optional.empty();
    }

    private synchronized Path next(String program) throws IOException {
        if (ready.isEmpty()) {
            ready.addAll(makeBatch(program));
        }
        return ready.removeFirst();
    }

    private List<Path> makeBatch(String program) throws IOException {
        List<Path> batch = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of(program, "-m", "600"));
        for (int i = 0; i < BATCH; i++) {
            Path fifo = directory.resolve("output-" + ++made);
            batch.add(fifo);
            command.add(fifo.toString());
        }
        run(command);
        return batch;
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(MKFIFO_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("mkfifo failed in " + command.get(command.size() - 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted while mkfifo ran", e);
        }
    }
}
