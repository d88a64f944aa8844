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

    @SuppressWarnings("ReferenceEquality") // a buffer with equal bytes is not the same memory
    void write(ByteBuffer chunk) {
        boolean isOwn = chunk == own;
        int limit = chunk.limit();
        while (chunk.hasRemaining()) {
            chunk.limit(Math.min(limit, chunk.position() + SLICE));
            int length = chunk.limit();
            stream.inOnePiece(() -> {
                cutter.write(chunk);
                journal.commit(isOwn, length);
            });
            chunk.limit(limit);
        }
        afterwards.run();
    }

    void showPending() {
        stream.inOnePiece(() -> {
            cutter.showPending();
            journal.commit(false, 0);
        });
    }

    void end() {
        stream.inOnePiece(() -> {
            cutter.end();
            journal.close();
        });
        afterwards.run();
    }

    ByteBuffer buffer(int bytes) {
        if (own == null) {
            // A source that has its own memory must be known before anything lies there.
            stream.inOnePiece(() -> {
                own = journal.buffer().orElse(null);
                journal.commit(false, 0);
            });
        }
        ByteBuffer given = own;
        return given == null ? ByteBuffer.allocateDirect(bytes) : given;
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
