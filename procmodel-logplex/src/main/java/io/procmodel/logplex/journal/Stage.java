package io.procmodel.logplex.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory into which the kernel copies a dyno's output, and which outlives this process: between leaving the pipe and
 * standing in the journal there is no moment at which a chunk is lost. Its number says which chunk it holds; a chunk whose
 * number the journal knows has arrived there. It is all zeros before a chunk comes, hence what ends in zeros when the
 * process dies is read without them.
 */
final class Stage {
    static final int CAPACITY = 16 * 1024;

    private static final int BODY = 64;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ZEROS = new byte[CAPACITY];

    private final MappedByteBuffer map;
    private final ByteBuffer body;

    private Stage(MappedByteBuffer map) {
        this.map = map;
        this.body = map.slice(BODY, CAPACITY);
    }

    static Stage create(Path file) throws IOException {
        Stage stage = open(file);
        LONG.setRelease(stage.map, 0, 1L);
        return stage;
    }

    static Stage open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, BODY + CAPACITY);
            map.order(ByteOrder.LITTLE_ENDIAN);
            return new Stage(map);
        }
    }

    /** What a reader of the pipe fills. */
    ByteBuffer body() {
        return body;
    }

    /** The number of the chunk that it holds or will hold. */
    long number() {
        return (long) LONG.getAcquire(map, 0);
    }

    /** The chunk stands in the journal: makes place for the next one. */
    void taken(int length) {
        body.put(0, ZEROS, 0, length);
        LONG.setRelease(map, 0, number() + 1);
    }

    /** What it holds, without zeros at the end. */
    byte[] content() {
        int length = CAPACITY;
        while (length > 0 && body.get(length - 1) == 0) {
            length--;
        }
        byte[] content = new byte[length];
        body.get(0, content);
        return content;
    }

    /** The content of a file that may not be there. */
    static byte[] contentOf(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
