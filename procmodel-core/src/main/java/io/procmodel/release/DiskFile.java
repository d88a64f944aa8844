package io.procmodel.release;

import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file on the disk. It is no {@code FileChannel}, because a channel closes itself under a thread that is interrupted, and
 * one interrupted caller must not take the ledger away from all others. Only a channel can sync without the file's times,
 * so one is there for that alone, and is replaced when it was closed.
 */
final class DiskFile implements LedgerFile {
    private final RandomAccessFile reader;
    private final RandomAccessFile writer;

    private final Path path;
    private @Nullable FileChannel syncer;

    private DiskFile(Path path, RandomAccessFile reader, RandomAccessFile writer) {
        this.path = path;
        this.reader = reader;
        this.writer = writer;
    }

    /** Opens a file, creating it empty and private if it is missing. */
    static DiskFile open(Path path) throws IOException {
        DurableFiles.createPrivateFile(path);
        RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
        try {
            return new DiskFile(path, new RandomAccessFile(path.toFile(), "r"), writer);
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public long length() throws IOException {
        return writer.length();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        synchronized (reader) {
            reader.seek(position);
            int total = 0;
            while (total < length) {
                int count = reader.read(target, offset + total, length - total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            return total;
        }
    }

    @Override
    public void write(long position, byte[] bytes) throws IOException {
        synchronized (writer) {
            writer.seek(position);
            writer.write(bytes);
        }
    }

    @Override
    public void truncate(long length) throws IOException {
        writer.setLength(length);
    }

    @Override
    public void force() throws IOException {
        synchronized (writer) {
            try {
                FileChannel channel = syncer == null ? FileChannel.open(path, StandardOpenOption.WRITE) : syncer;
                syncer = channel;
                channel.force(false);
            } catch (ClosedChannelException e) {
                syncer = null; // an interrupt closed it
                writer.getFD().sync();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (reader;
                writer) {
            synchronized (writer) {
                if (syncer != null) {
                    syncer.close();
                }
            }
        }
    }
}
