package io.procmodel.runtime.local;

import io.procmodel.log.LogSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes output channels: named pipes where the host has {@code mkfifo}, the JDK's pipes elsewhere. Named pipes are made in
 * batches, since each batch costs a process. Thread-safe.
 */
final class OutputChannels {
    private static final int BATCH = 32;
    private static final long MKFIFO_SECONDS = 30;

    private final Path directory;
    private final HostTools tools;
    private final Optional<String> mkfifo;
    private final Deque<Path> ready = new ArrayDeque<>();
    private long made;

    /**
     * Creates a source of channels.
     *
     * @param directory an existing private directory for the named pipes
     */
    OutputChannels(Path directory, HostTools tools) {
        this.directory = directory;
        this.tools = tools;
        this.mkfifo = tools.find("mkfifo");
    }

    /**
     * Joins a channel and the source where it goes; a source that outlives this JVM gets a saver.
     *
     * @param undo takes back what was opened if the dyno does not start
     * @param cleanUp takes away what is needed as long as the dyno runs
     */
    Outlet outlet(OutputChannel channel, LogSource source, Undo undo, Undo cleanUp) throws IOException {
        undo.add(source);
        undo.add(channel);
        Optional<Path> pipe = channel.pipe();
        Optional<Path> leftovers = pipe.isPresent() ? source.leftovers() : Optional.empty();
        if (leftovers.isPresent()) {
            OutputSaver.start(tools, pipe.get(), leftovers.get()).ifPresent(cleanUp::add);
        }
        return new Outlet(channel, source);
    }

    boolean areComplete() {
        return mkfifo.isPresent();
    }

    OutputChannel open() throws IOException {
        return mkfifo.isPresent() ? FifoChannel.open(next(mkfifo.get())) : OutputChannel.processPipe();
    }

    /** A named pipe of its own, for whatever use; empty where the host has none. */
    Optional<Path> pipe() throws IOException {
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
