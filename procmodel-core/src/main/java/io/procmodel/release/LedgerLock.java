package io.procmodel.release;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.file.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a ledger's directory for one owner at a time, over all processes of the machine. */
final class LedgerLock implements Closeable {
    /**
     * The lock files held in this process. The operating system keeps file locks per process, and drops them when any
     * channel on the file is closed: a second owner in this process must be turned away before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private LedgerLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the lock file of a directory, creating it if it is missing. */
    static LedgerLock acquire(Path directory, String name) throws IOException {
        Path path = directory.toRealPath().resolve(name);
        if (!HELD.add(path)) {
            throw new LedgerInUseException(path.toString(), "this process");
        }
        try {
            return new LedgerLock(path, lock(path));
        } catch (IOException | RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = DurableFiles.openPrivateFile(path);
        try {
            if (channel.tryLock() == null) {
                throw new LedgerInUseException(path.toString(), "process " + Files.readString(path, US_ASCII));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(path);
        }
    }
}
