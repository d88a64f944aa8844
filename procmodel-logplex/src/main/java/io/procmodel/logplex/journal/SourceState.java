package io.procmodel.logplex.journal;

import io.procmodel.log.LogOrigin;
import java.io.ByteArrayOutputStream;

/** What a scan has found out about a source that is not closed. Not thread-safe. */
final class SourceState {
    private final long id;
    private final LogOrigin origin;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean lineBegun;
    private long stage;

    SourceState(long id, LogOrigin origin) {
        this.id = id;
        this.origin = origin;
    }

    void apply(StoredRecord record) {
        if (record.is(JournalRecord.REPLACES_PENDING)) {
            pending.reset();
        }
        pending.writeBytes(record.pending());
        lineBegun = record.is(JournalRecord.LINE_BEGUN);
        stage = record.stage();
    }

    long id() {
        return id;
    }

    LogOrigin origin() {
        return origin;
    }

    byte[] pending() {
        return pending.toByteArray();
    }

    boolean lineBegun() {
        return lineBegun;
    }

    /** The last chunk of its stage that stands in the journal. */
    long stage() {
        return stage;
    }
}
