package io.procmodel.slug;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Deflates blocks for several threads, each with one deflater at a time; keeps them for the next block. Thread-safe. */
final class Deflaters implements AutoCloseable {
    private static final int WINDOW = 1 << 15;

    private final Deque<Deflater> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * One block as raw deflate that ends at a byte.
     *
     * @param before the block before, which was full, or null for the first
     */
    byte[] deflate(byte[] block, int size, byte @Nullable [] before, boolean last) {
        Deflater deflater = take();
        try {
            if (before != null) {
                deflater.setDictionary(before, before.length - WINDOW, WINDOW);
            }
            deflater.setInput(block, 0, size);
            if (last) {
                deflater.finish();
            }
            return drain(deflater, size, last);
        } finally {
            giveBack(deflater);
        }
    }

    private static byte[] drain(Deflater deflater, int size, boolean last) {
        byte[] deflated = new byte[size / 2 + 1024];
        int filled = 0;
        while (true) {
            int room = deflated.length - filled;
            int count = deflater.deflate(deflated, filled, room, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            filled += count;
            if (last ? deflater.finished() : count < room) {
                return Arrays.copyOf(deflated, filled);
            }
            deflated = Arrays.copyOf(deflated, deflated.length + size / 2 + 1024);
        }
    }

    private synchronized Deflater take() {
        Deflater deflater = idle.poll();
        return deflater == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : deflater;
    }

    private synchronized void giveBack(Deflater deflater) {
        if (closed) {
            deflater.end();
        } else {
            deflater.reset();
            idle.add(deflater);
        }
    }

    /** Frees their memory; that of those at work when they are through. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Deflater::end);
        idle.clear();
    }
}
