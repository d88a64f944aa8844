package io.procmodel.lease;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.procmodel.file.DurableFiles;
import io.procmodel.file.LockFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A lease for the JVMs of one machine: a locked file. The operating system gives it back the moment its holder's process
 * ends, so another has it within a tenth of a second; a process that is stopped, not ended, keeps it. The file holds the
 * token. Not for network file systems.
 */
public final class FileLease implements Lease {
    private static final int LONGEST = 64;

    private final Path file;

    private FileLease(Path file) {
        this.file = file;
    }

    /** The lease kept in {@code file}, which is created, with its directories, when it is first asked for. */
    public static FileLease at(Path file) {
        return new FileLease(requireNonNull(file, "file").toAbsolutePath());
    }

    /** The file. */
    public Path file() {
        return file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.empty();
    }

    @Override
    public Optional<HeldLease> tryAcquire() {
        try {
            Path directory = file.getParent();
            if (directory != null) {
                DurableFiles.createPrivateDirectory(directory);
            }
            Optional<LockFile> lock = LockFile.tryLock(file);
            return lock.isEmpty() ? Optional.empty() : Optional.of(hold(lock.get()));
        } catch (IOException e) {
            throw new LeaseUnavailableException(name(), "acquire", e);
        }
    }

    private HeldLease hold(LockFile lock) throws IOException {
        try {
            long token = read(lock.channel()) + 1;
            write(lock.channel(), token);
            if (token == 1) {
                syncEntry(); // were a new file lost, its tokens would begin anew, and all that they fence refuse them
            }
            return new Held(lock, token);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void syncEntry() throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            DurableFiles.syncDirectory(directory);
        }
    }

    private long read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        channel.read(bytes, 0);
        String text = US_ASCII.decode(bytes.flip()).toString().trim();
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("token: \"" + text + "\" (expected: a number)", e);
        }
    }

    /** Tokens only get longer, so a torn write of the same length is all that a crash can leave: one sector, never torn. */
    private static void write(FileChannel channel, long token) throws IOException {
        channel.write(ByteBuffer.wrap((token + "\n").getBytes(US_ASCII)), 0);
        channel.force(false);
    }

    @Override
    public String toString() {
        return "lease " + file;
    }

    private final class Held implements HeldLease {
        private final LockFile lock;
        private final long token;

        Held(LockFile lock, long token) {
            this.lock = lock;
            this.token = token;
        }

        @Override
        public long token() {
            return token;
        }

        /** Lost only if somebody removed the file: the next one to come would lock a new file beside ours. */
        @Override
        public boolean renew() {
            try {
                return lock.isInPlace();
            } catch (IOException e) {
                throw new LeaseUnavailableException(name(), "renew", e);
            }
        }

        @Override
        public void release() {
            try {
                lock.close();
            } catch (IOException e) {
                throw new LeaseUnavailableException(name(), "release", e);
            }
        }
    }
}
