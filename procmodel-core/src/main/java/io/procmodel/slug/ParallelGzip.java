package io.procmodel.slug;

import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One gzip member whose blocks are deflated side by side. Each block starts with the end of the one before as its
 * dictionary and ends at a byte, so the blocks joined are one deflate stream, hardly larger than that of one thread. At
 * most two blocks for each thread are on their way. One thread writes.
 */
final class ParallelGzip extends OutputStream {
    private static final int BLOCK = 1 << 18;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final ExecutorService workers;
    private final Deflaters deflaters = new Deflaters();
    private final Deque<Future<byte[]>> deflating = new ArrayDeque<>();
    private final int most;
    private final CRC32 checksum = new CRC32();
    private byte[] block = new byte[BLOCK];
    private byte @Nullable [] before;
    private int filled;
    private long length;
    private boolean closed;

    ParallelGzip(OutputStream out, int threads) throws IOException {
        this.out = out;
        most = 2 * threads;
        workers = Executors.newFixedThreadPool(threads, new NamedThreads("procmodel-slug-deflate"));
        out.write(HEADER);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        checksum.update(bytes, offset, count);
        length += count;
        int done = 0;
        while (done < count) {
            if (filled == BLOCK) {
                deflate(false);
            }
            int part = Math.min(count - done, BLOCK - filled);
            System.arraycopy(bytes, offset + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    private void deflate(boolean last) throws IOException {
        byte[] full = block;
        byte[] dictionary = before;
        int size = filled;
        deflating.add(workers.submit(() -> deflaters.deflate(full, size, dictionary, last)));
        before = full;
        block = new byte[BLOCK];
        filled = 0;
        while (deflating.size() > (last ? 0 : most)) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        try {
            out.write(deflating.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a slug was compressed");
        } catch (ExecutionException e) {
            throw new IOException("a block could not be compressed", e.getCause());
        }
    }

    /** Writes what is left, unless that fails, and gives threads and memory back in any case. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            deflate(true);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) checksum.getValue())
                    .putInt((int) length)
                    .array());
        } finally {
            workers.shutdownNow();
            deflaters.close();
        }
    }
}
