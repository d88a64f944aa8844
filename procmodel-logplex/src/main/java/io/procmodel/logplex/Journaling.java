package io.procmodel.logplex;

import io.procmodel.logplex.journal.JournalSource;
import io.procmodel.logplex.line.LineCutter;
import io.procmodel.logplex.ring.LineStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source does when its lines survive the process: each chunk is cut, numbered and written to the journal in one
 * piece. Used under the source's lock.
 */
final class Journaling {
    /** Bounds a record of the journal, and how long the stream is held. */
    private static final int SLICE = 64 * 1024;

    private final LineStream stream;
    private final LineCutter cutter;
    private final JournalSource journal;
    private final Runnable afterwards;
    private @Nullable ByteBuffer own;

    Journaling(LineStream stream, LineCutter cutter, JournalSource journal, Runnable afterwards) {
        this.stream = stream;
        this.cutter = cutter;
        this.journal = journal;
        this.afterwards = afterwards;
    }

    void write(ByteBuffer chunk) {
        boolean isOwn = chunk == own;
        int limit = chunk.limit();
        while (chunk.hasRemaining()) {
            chunk.limit(Math.min(limit, chunk.position() + SLICE));
            int length = chunk.limit();
            stream.atomically(() -> {
                cutter.write(chunk);
                journal.commit(isOwn, length);
            });
            chunk.limit(limit);
        }
        afterwards.run();
    }

    void showPending() {
        stream.atomically(() -> {
            cutter.showPending();
            journal.commit(false, 0);
        });
    }

    void end() {
        stream.atomically(() -> {
            cutter.end();
            journal.close();
        });
        afterwards.run();
    }

    ByteBuffer buffer(int bytes) {
        if (own == null) {
            own = journal.buffer().orElse(null);
        }
        return own == null ? ByteBuffer.allocateDirect(bytes) : own;
    }

    Optional<Path> leftovers() {
        Path file = journal.leftovers();
        try {
            Files.write(file.resolveSibling(file.getFileName() + ".part"), new byte[0]);
            return Optional.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
