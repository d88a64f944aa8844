package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows, and is turned over when it is too big or too old. A file that somebody removed or renamed is begun
 * anew; a batch that did not fit the disk is taken back, so that the retry does not leave half of it behind.
 */
final class FileTarget implements DrainTarget {
    private static final int BATCH_BYTES = 256 * 1024;

    private final Path file;
    private final LineText text;
    private final Turnover turnover;
    private final long forceNanos;
    private final LongSupplier ticker;
    private final EncodedLines batch = new EncodedLines();
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long size;
    private long openedAt;
    private long forcedAt;
    private boolean dirty;

    /**
     * Creates a target.
     *
     * @param forceNanos how long written bytes may wait for the disk: 0 for never waiting, {@link Long#MAX_VALUE} for
     *     leaving it to the system
     */
    FileTarget(Path file, LineText text, Turnover turnover, long forceNanos, LongSupplier ticker) {
        this.file = file;
        this.text = text;
        this.turnover = turnover;
        this.forceNanos = forceNanos;
        this.ticker = ticker;
    }

    @Override
    public void add(Line line) {
        text.write(line, batch);
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public int fullSize() {
        return BATCH_BYTES;
    }

    @Override
    public void send(Delivery delivery) throws IOException {
        closeIfReplaced();
        if (channel != null && turnover.isDue(size, batch.size(), ticker.getAsLong() - openedAt)) {
            close();
            turnover.turn(file);
        }
        FileChannel current = channel == null ? open() : channel;
        write(current);
        forceIfDue(current);
    }

    @Override
    public void clear() {
        batch.clear();
    }

    @Override
    public void idle() {
        try {
            if (channel != null) {
                forceIfDue(channel);
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        FileChannel old = channel;
        channel = null;
        if (old != null) {
            try (old) {
                if (forceNanos != Long.MAX_VALUE) {
                    old.force(false);
                }
            } catch (IOException e) {
                // Given up either way.
                return;
            }
        }
    }

    private FileChannel open() throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        channel = opened;
        size = opened.size();
        opened.position(size);
        openedAt = ticker.getAsLong();
        key = keyOf(file);
        return opened;
    }

    private void write(FileChannel current) throws IOException {
        ByteBuffer bytes = batch.toBuffer();
        try {
            while (bytes.hasRemaining()) {
                current.write(bytes);
            }
            size += batch.size();
            dirty = true;
        } catch (IOException e) {
            takeBack(current);
            throw e;
        }
    }

    private void takeBack(FileChannel current) {
        try {
            current.truncate(size);
            current.position(size);
        } catch (IOException e) {
            close();
        }
    }

    private void forceIfDue(FileChannel current) throws IOException {
        long now = ticker.getAsLong();
        if (dirty && forceNanos != Long.MAX_VALUE && now - forcedAt >= forceNanos) {
            current.force(false);
            forcedAt = now;
            dirty = false;
        }
    }

    private void closeIfReplaced() throws IOException {
        if (channel != null && !String.valueOf(keyOf(file)).equals(String.valueOf(key))) {
            close();
        }
    }

    /** What identifies the file that has the name now; null where there is none. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return "gone";
        }
    }
}
