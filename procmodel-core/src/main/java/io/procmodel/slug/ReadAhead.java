package io.procmodel.slug;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream in a thread of its own, a few blocks ahead of whoever reads this one, so that inflating and checking an
 * archive go on while files are written. What the source throws is thrown here, behind all bytes that came before it. The
 * thread closes the source at its end and is gone when {@link #close} returns. For one reader.
 */
final class ReadAhead extends InputStream {
    private static final int BLOCK = 1 << 18;
    private static final int BLOCKS = 4;

    private final InputStream source;
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread;
    private Block current = new Block(new byte[0], 0, false, null);
    private int next;

    /** Some bytes; the last block has none behind it, because of the failure if there is one. */
    private static final class Block {
        private final byte[] bytes;
        private final int length;
        private final boolean last;
        private final @Nullable Throwable failure;

        Block(byte[] bytes, int length, boolean last, @Nullable Throwable failure) {
            this.bytes = bytes;
            this.length = length;
            this.last = last;
            this.failure = failure;
        }
    }

    private ReadAhead(InputStream source) {
        this.source = source;
        for (int block = 0; block < BLOCKS; block++) {
            free.add(new byte[BLOCK]);
        }
        thread = new NamedThreads("procmodel-slug-read").newThread(this::readAll);
    }

    /** Starts to read {@code source}. */
    static ReadAhead of(InputStream source) {
        ReadAhead ahead = new ReadAhead(source);
        ahead.thread.start();
        return ahead;
    }

    private void readAll() {
        try (source) {
            boolean last = false;
            while (!last) {
                Block block = readBlock(free.take());
                full.put(block);
                last = block.last;
            }
        } catch (InterruptedException | IOException e) {
            // It was closed early, and nobody reads on; or all was read, and only the closing failed.
        }
    }

    private Block readBlock(byte[] bytes) {
        int length = 0;
        try {
            while (length < bytes.length) {
                int read = source.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    return new Block(bytes, length, true, null);
                }
                length += read;
            }
            return new Block(bytes, length, false, null);
        } catch (IOException | RuntimeException | Error e) {
            return new Block(bytes, length, true, e);
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - next);
        System.arraycopy(current.bytes, next, buffer, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - next;
    }

    /** Whether there is another byte in the current block. */
    private boolean fill() throws IOException {
        while (next == current.length) {
            if (current.last) {
                throwFailure();
                return false;
            }
            advance();
        }
        return true;
    }

    private void advance() throws IOException {
        try {
            Block read = current;
            current = full.take();
            next = 0;
            if (read.length > 0) {
                free.add(read.bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a slug was read");
        }
    }

    private void throwFailure() throws IOException {
        if (current.failure != null) {
            Throwables.throwIfInstanceOf(current.failure, IOException.class);
            Throwables.throwIfUnchecked(current.failure);
        }
    }

    /** Ends the thread, whatever it has not read, and waits until it has closed the source. */
    @Override
    public void close() {
        thread.interrupt();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
