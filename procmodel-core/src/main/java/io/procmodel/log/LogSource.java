package io.procmodel.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The writing end of one origin: raw bytes go in, split anywhere, and lines come out at the sink. Thread-safe; chunks
 * of concurrent writers are taken one after the other. No call blocks for a slow reader of the log, and none throws
 * because of the sink's state: what a sink cannot take it drops and counts.
 */
public interface LogSource extends AutoCloseable {
    /**
     * Takes the bytes between position and limit, which it copies before it returns, and moves the position to the
     * limit. A line may span any number of chunks.
     *
     * @param chunk the bytes, heap or direct
     */
    void write(ByteBuffer chunk);

    /**
     * A buffer for a writer that fills it, hands it to {@link #write} and fills it again. A sink that survives the end of
     * this process gives memory that does so too, so that what was read from a dyno's pipe is never lost; such memory has
     * one user and may be smaller than asked for.
     *
     * @param bytes how large it should be
     */
    default ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    /**
     * Where a helper that outlives this process saves what this process had not read from a dyno's pipe: it writes to this
     * file with {@code .part} appended to its name, which is there as soon as this was asked, and renames it when it has
     * written all. Empty for a sink that does not survive the end of this process.
     */
    default Optional<Path> leftovers() {
        return Optional.empty();
    }

    /**
     * Where the standard error of the same process goes, if the sink wants it apart from the standard output, which then
     * alone comes here. Opened by the call, and the caller's to close. Empty for a sink that takes both here, in the order in
     * which they were written.
     */
    default Optional<LogSource> errors() {
        return Optional.empty();
    }

    /** Ends the origin's stream: a last line without line feed becomes a line. A second call does nothing. */
    @Override
    void close();

    /**
     * Writes one short line of the platform's own, as UTF-8 with a line feed. Output of processes goes to
     * {@link #write(ByteBuffer)} instead, because it need not be text.
     */
    default void line(String text) {
        write(UTF_8.encode(text + "\n"));
    }
}
