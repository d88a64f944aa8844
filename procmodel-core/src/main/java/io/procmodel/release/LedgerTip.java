package io.procmodel.release;

import io.procmodel.error.InvalidValueException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the next record stands on: the durable history and the records that were decided after it and are being written.
 * Not thread-safe.
 */
final class LedgerTip {
    private final RecordWriter writer;
    private final History durable;
    private final Map<Integer, ReleaseStatus> undurable = new HashMap<>();
    private int newest;
    private HeldConfig config;

    LedgerTip(RecordWriter writer, History durable, HeldConfig config) {
        this.writer = writer;
        this.durable = durable;
        this.newest = durable.newest();
        this.config = config;
    }

    Append append(ReleaseDraft draft, Instant now) {
        requireFresh(draft.basedOn());
        Release release = new Release(
                newest + 1,
                draft.status(),
                now,
                draft.author(),
                draft.description(),
                draft.slug(),
                draft.config(),
                draft.attachments());
        HeldConfig held = config.orAt(release.version(), draft.config());
        byte[] payload = writer.release(release, held.version());
        newest = release.version();
        config = held;
        undurable.put(newest, draft.status());
        RecordHead head = new RecordHead(RecordHead.Kind.RELEASE, newest, draft.status());
        return new Append(head, payload, held, Optional.of(release));
    }

    Append changeStatus(int version, ReleaseStatus status, Instant now) {
        if (version < 1 || version > newest) {
            throw NoSuchReleaseException.version(version, newest);
        }
        ReleaseStatus present = undurable.containsKey(version) ? undurable.get(version) : durable.status(version);
        if (!present.canBecome(status)) {
            throw new InvalidValueException(
                    "status of v" + version, status.name(), "one that follows " + present + " and is no repetition");
        }
        byte[] payload = writer.status(version, status, now);
        undurable.put(version, status);
        return new Append(new RecordHead(RecordHead.Kind.STATUS, version, status), payload, config, Optional.empty());
    }

    /** A record is durable: from here on the durable history speaks for it. */
    void settled(RecordHead record) {
        undurable.remove(record.version(), record.status());
    }

    private void requireFresh(OptionalInt basedOn) {
        if (basedOn.isPresent() && basedOn.getAsInt() != newest) {
            throw new StaleReleaseException(basedOn.getAsInt(), newest);
        }
    }
}
