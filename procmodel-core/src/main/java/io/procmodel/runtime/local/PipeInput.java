package io.procmodel.runtime.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A named pipe as a dyno's standard input. */
final class PipeInput implements StandardInput {
    private final Path fifo;
    private final FileChannel keeper;
    private final FileChannel writer;

    private PipeInput(Path fifo, FileChannel keeper, FileChannel writer) {
        this.fifo = fifo;
        this.keeper = keeper;
        this.writer = writer;
    }

    /**
     * Opens the writing end. It is opened while a channel for both directions, which never waits, keeps the pipe open; a
     * reading end stays open until the dyno's end, so that nothing is lost that is written before the dyno opens its own.
     */
    static PipeInput open(Path fifo) throws IOException {
        FileChannel both = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileChannel keeper = FileChannel.open(fifo, StandardOpenOption.READ);
            try {
                return new PipeInput(fifo, keeper, FileChannel.open(fifo, StandardOpenOption.WRITE));
            } catch (IOException e) {
                keeper.close();
                throw e;
            }
        } finally {
            both.close();
        }
    }

    /** Where the dyno's input is written; closing it is the end of the input. */
    OutputStream writer() {
        return Channels.newOutputStream(writer);
    }

    @Override
    public Place place() {
        return new Place(fifo.toString(), false);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        keeper.close();
        Files.deleteIfExists(fifo);
    }
}
