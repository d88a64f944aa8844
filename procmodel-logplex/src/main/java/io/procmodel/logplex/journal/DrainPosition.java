package io.procmodel.logplex.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * How far a drain has come, in a mapped file of two slots that are written in turn: whatever interrupts a write, one of them
 * is good. Used by one thread.
 */
public final class DrainPosition {
    static final String PREFIX = "drain-";

    private static final int SLOT = 32;
    private static final int GENERATION = 8;
    private static final int SUM = 16;

    private final MappedByteBuffer map;
    private long generation;
    private long last = -1;

    private DrainPosition(MappedByteBuffer map) {
        this.map = map;
    }

    static DrainPosition open(Path directory, String token) throws IOException {
        return open(directory.resolve(PREFIX + HexFormat.of().formatHex(token.getBytes(UTF_8))));
    }

    static DrainPosition open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new DrainPosition(channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * SLOT));
        }
    }

    /** The position that was saved last, if one was. */
    public OptionalLong load() {
        long best = -1;
        for (int slot = 0; slot < 2; slot++) {
            int at = slot * SLOT;
            boolean good = map.getLong(at + SUM) == sum(map.getLong(at), map.getLong(at + GENERATION));
            if (good && map.getLong(at + GENERATION) > generation) {
                generation = map.getLong(at + GENERATION);
                best = map.getLong(at);
            }
        }
        return best < 0 ? OptionalLong.empty() : OptionalLong.of(best);
    }

    /** Saves a position. */
    public void save(long position) {
        if (position == last) {
            return;
        }
        last = position;
        generation++;
        int at = (int) (generation % 2) * SLOT;
        map.putLong(at + SUM, 0);
        map.putLong(at, position);
        map.putLong(at + GENERATION, generation);
        map.putLong(at + SUM, sum(position, generation));
    }

    private static long sum(long position, long generation) {
        CRC32C crc = new CRC32C();
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (position >>> shift));
            crc.update((int) (generation >>> shift));
        }
        return crc.getValue() + 1;
    }
}
