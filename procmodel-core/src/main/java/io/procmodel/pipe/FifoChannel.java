package io.procmodel.pipe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A named pipe as a program's output. Unlike the JDK's pipe it stays open until the last process that holds it has ended, so
 * nothing that a grandchild prints is lost.
 */
final class FifoChannel implements OutputChannel {
    private final Path fifo;
    private final FileChannel keeper;
    private final FileChannel reader;

    private FifoChannel(Path fifo, FileChannel keeper, FileChannel reader) {
        this.fifo = fifo;
        this.keeper = keeper;
        this.reader = reader;
    }

    /**
     * Opens the reading end. Opening a named pipe waits for the other side, for ever if a spawn fails: so this end is
     * opened while a channel for both directions, which never waits, keeps the pipe open.
     */
    static FifoChannel open(Path fifo) throws IOException {
        FileChannel keeper = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new FifoChannel(fifo, keeper, FileChannel.open(fifo, StandardOpenOption.READ));
        } catch (IOException e) {
            keeper.close();
            throw e;
        }
    }

    @Override
    public ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.to(fifo.toFile());
    }

    @Override
    public Optional<Path> pipe() {
        return Optional.of(fifo);
    }

    @Override
    public ReadableByteChannel started(Optional<Process> process) throws IOException {
        keeper.close();
        Files.deleteIfExists(fifo);
        return reader;
    }

    @Override
    public void close() throws IOException {
        keeper.close();
        reader.close();
        Files.deleteIfExists(fifo);
    }
}
