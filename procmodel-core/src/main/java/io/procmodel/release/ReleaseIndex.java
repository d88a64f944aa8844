package io.procmodel.release;

import java.util.Arrays;
import java.util.Optional;

/** Where each release stands in the log and its present status. Not thread-safe. */
final class ReleaseIndex implements History {
    private long[] offsets = new long[64];
    private ReleaseStatus[] statuses = new ReleaseStatus[64];
    private int newest;
    private int current;

    /** The newest version, 0 for none. */
    @Override
    public int newest() {
        return newest;
    }

    /** The newest version that succeeded, 0 for none. */
    int current() {
        return current;
    }

    boolean has(int version) {
        return version >= 1 && version <= newest;
    }

    long offset(int version) {
        return offsets[version - 1];
    }

    @Override
    public ReleaseStatus status(int version) {
        return statuses[version - 1];
    }

    /** Takes in a record, or says why it cannot follow those before it. */
    Optional<String> add(RecordHead record, long offset) {
        return switch (record.kind()) {
            case RELEASE -> addRelease(record, offset);
            case STATUS -> addStatus(record);
        };
    }

    private Optional<String> addRelease(RecordHead record, long offset) {
        if (record.version() != newest + 1) {
            return Optional.of("release v" + record.version() + " follows v" + newest);
        }
        if (newest == offsets.length) {
            offsets = Arrays.copyOf(offsets, newest * 2);
            statuses = Arrays.copyOf(statuses, newest * 2);
        }
        offsets[newest] = offset;
        statuses[newest] = record.status();
        newest++;
        if (record.status() == ReleaseStatus.SUCCEEDED) {
            current = newest;
        }
        return Optional.empty();
    }

    private Optional<String> addStatus(RecordHead record) {
        if (!has(record.version()) || !status(record.version()).canBecome(record.status())) {
            return Optional.of("release v" + record.version() + " cannot come to " + record.status());
        }
        statuses[record.version() - 1] = record.status();
        current = newestSucceeded(Math.max(current, record.version()));
        return Optional.empty();
    }

    private int newestSucceeded(int from) {
        int version = from;
        while (version > 0 && status(version) != ReleaseStatus.SUCCEEDED) {
            version--;
        }
        return version;
    }
}
