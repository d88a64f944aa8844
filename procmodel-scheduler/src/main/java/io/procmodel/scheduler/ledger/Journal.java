package io.procmodel.scheduler.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file behind a ledger, shared with other processes. Everything happens under a file lock: first what others have
 * appended is read, then the work is done. What a crash cut off at the end was never acknowledged and is cut away. A
 * journal that has grown is written anew with what is still remembered. Confined to its ledger's lock.
 */
final class Journal {
    /** The work of one call takes less than a millisecond, so a lock that is held for so long is held by a stopped process. */
    private static final long LONGEST_WAIT_NANOS = 5_000_000_000L;

    private static final long PAUSE_NANOS = 200_000;
    private static final long COMPACT_FROM = 1 << 20;
    private static final int GROWTH = 4;

    private final Path file;
    private final History history;
    private final FileChannel lockChannel;
    private FileChannel channel;
    private RunIndex index;
    private @Nullable Object identity;
    private long read;
    private long compactAt = COMPACT_FROM;

    /** Carries an I/O failure out of the work. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final IOException reason;

        Failure(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }

    private Journal(Path file, History history, FileChannel lockChannel, FileChannel channel) throws IOException {
        this.file = file;
        this.history = history;
        this.lockChannel = lockChannel;
        this.channel = channel;
        this.index = new RunIndex(history);
        this.identity = identity();
    }

    static Journal open(Path directory, History history) throws IOException {
        Path file = directory.resolve("journal");
        FileChannel lock = DurableFiles.openPrivateFile(directory.resolve("lock"));
        Journal journal = null;
        try {
            journal = new Journal(file, history, lock, DurableFiles.openPrivateFile(file));
            journal.locked(index -> index);
            DurableFiles.syncDirectory(directory);
            return journal;
        } catch (IOException | RuntimeException e) {
            lock.close();
            if (journal != null) {
                journal.channel.close();
            }
            throw e;
        }
    }

    private @Nullable Object identity() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    <T extends @Nullable Object> T locked(Function<RunIndex, T> work) throws IOException {
        FileLock lock = lock();
        try {
            catchUp();
            T result = work.apply(index);
            if (read > compactAt) {
                compact();
            }
            return result;
        } finally {
            lock.release();
        }
    }

    private FileLock lock() throws IOException {
        long start = System.nanoTime();
        FileLock lock = lockChannel.tryLock();
        while (lock == null) {
            if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                throw new IOException("another process has held the lock of " + file + " for 5 s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = lockChannel.tryLock();
        }
        return lock;
    }

    /**
     * Reads what other processes have appended, or everything if one has written the file anew, or if an interrupt has closed
     * it under a caller.
     */
    private void catchUp() throws IOException {
        Object now = identity();
        if (!channel.isOpen() || (identity != null && !identity.equals(now))) {
            channel.close();
            channel = DurableFiles.openPrivateFile(file);
            identity = now;
            forgetAll();
        }
        if (channel.size() < read) {
            forgetAll();
        }
        if (channel.size() > read) {
            readTail();
        }
    }

    private void forgetAll() {
        index = new RunIndex(history);
        read = 0;
    }

    private void readTail() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - read));
        while (bytes.hasRemaining() && channel.read(bytes, read + bytes.position()) >= 0) {
            // Until all is there.
        }
        byte[] tail = bytes.array();
        int begin = 0;
        for (int i = 0; i < bytes.position(); i++) {
            if (tail[i] == '\n') {
                String line = new String(tail, begin, i - begin, UTF_8);
                if (!JournalText.enter(line, index)) {
                    damaged(line, read + begin, i + 1 == bytes.position());
                    break;
                }
                begin = i + 1;
            }
        }
        read += begin;
        if (channel.size() > read) {
            channel.truncate(read);
        }
    }

    /** A bad last line is the torn end of a write that was never acknowledged; anywhere else it is damage. */
    private void damaged(String line, long offset, boolean last) {
        if (!last || offset == 0) {
            forgetAll();
            String found = line.length() > 40 ? line.substring(0, 40) + "…" : line;
            throw new RunLedgerDamagedException(file.toString(), offset, found, "a line with its checksum");
        }
    }

    /** Appends lines and enters them. */
    void append(String lines) {
        write(lines);
        lines.lines().forEach(line -> JournalText.enter(line, index));
    }

    /** Appends lines that are in the index already; if that fails, the index is read again. */
    void appendEntered(String lines) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            write(lines);
        } catch (Failure e) {
            forgetAll();
            throw e;
        }
    }

    private void write(String lines) {
        try {
            ByteBuffer bytes = UTF_8.encode(lines);
            long at = read;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
            read = at;
        } catch (IOException e) {
            cutBack();
            throw new Failure(e);
        }
    }

    /** A claim whose write failed must not be found there later. */
    private void cutBack() {
        try {
            channel.truncate(read);
        } catch (IOException e) {
            // Then it is found, as a run of this host that never ends; the scheduler gives it up.
            forgetAll();
        }
    }

    private void compact() throws IOException {
        byte[] all = JournalText.all(index).getBytes(UTF_8);
        DurableFiles.replace(file, all);
        channel.close();
        channel = DurableFiles.openPrivateFile(file);
        identity = identity();
        read = all.length;
        compactAt = Math.max(COMPACT_FROM, GROWTH * read);
    }

    void close() throws IOException {
        try (lockChannel) {
            channel.close();
        }
    }
}
