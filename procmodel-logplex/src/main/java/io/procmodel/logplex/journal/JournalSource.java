package io.procmodel.logplex.journal;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.LineCutter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One source in a journal. Whoever writes to the source cuts its chunk under the stream's lock and then calls
 * {@link #commit}, which makes all that the chunk has changed durable at once.
 */
public final class JournalSource {
    static final String LEFT = ".left";
    static final String PART = ".left.part";
    static final String SAVER = ".left.saver";

    private final Journal journal;
    private final long id;
    private final LogOrigin origin;
    private final LineCutter cutter;
    private @Nullable Stage stage;
    private long stageNumber;
    private int pendingInJournal;
    private boolean abandoned;

    JournalSource(Journal journal, long id, LogOrigin origin, LineCutter cutter) {
        this.journal = journal;
        this.id = id;
        this.origin = origin;
        this.cutter = cutter;
    }

    /** Memory that outlives this process, for the one who reads from the source's pipe; none if that cannot be had. */
    public Optional<ByteBuffer> buffer() {
        try {
            if (stage == null) {
                stage = Stage.create(journal.file("stage-" + id));
            }
            return Optional.of(stage.body());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where somebody who outlives this process may put what it had not read. */
    public Path leftovers() {
        return journal.file("stage-" + id + LEFT);
    }

    /** Makes the effects of a chunk durable. */
    public void commit(boolean fromBuffer, int chunkLength) {
        if (fromBuffer && stage != null) {
            stageNumber = stage.number();
        }
        write(0);
        if (fromBuffer && stage != null) {
            stage.taken(chunkLength);
        }
    }

    /** Makes the end of the source durable. */
    public void close() {
        write(JournalRecord.CLOSED);
        journal.closed(this);
        delete("");
        delete(PART);
        delete(SAVER);
    }

    private void delete(String suffix) {
        try {
            Files.deleteIfExists(journal.file("stage-" + id + suffix));
        } catch (IOException e) {
            // The next open finds it closed, and deletes its files then.
            return;
        }
    }

    long id() {
        return id;
    }

    LogOrigin origin() {
        return origin;
    }

    LineCutter cutter() {
        return cutter;
    }

    long stageNumber() {
        return stageNumber;
    }

    void resume(long knownStage) {
        stageNumber = knownStage;
    }

    void abandon() {
        abandoned = true;
    }

    private void write(int more) {
        if (abandoned) {
            return;
        }
        boolean replaces = journal.hasLines() || cutter.pendingLength() < pendingInJournal || more != 0;
        int from = replaces ? 0 : pendingInJournal;
        journal.commit(this, more | (replaces ? JournalRecord.REPLACES_PENDING : 0) | flags(), from);
        pendingInJournal = cutter.pendingLength();
    }

    int flags() {
        return cutter.isLineBegun() ? JournalRecord.LINE_BEGUN : 0;
    }
}
