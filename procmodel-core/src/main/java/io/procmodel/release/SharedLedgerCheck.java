package io.procmodel.release;

import io.procmodel.config.ConfigVars;
import io.procmodel.release.RecordHead.Kind;
import io.procmodel.release.ReleaseLedger.Damage;
import io.procmodel.release.ReleaseLedger.Verification;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Reads a whole shared ledger, every field of every record, and finds the first that is not as it was written. */
final class SharedLedgerCheck {
    private static final int CHUNK = 500;

    private final RecordStore store;
    private final SharedReleases releases;
    private final ReleaseIndex index = new ReleaseIndex();
    private final BitSet holders = new BitSet();
    private int configOf;
    private long sequence;
    private String hash = LedgerRecord.ROOT;

    SharedLedgerCheck(RecordStore store, SharedReleases releases) {
        this.store = store;
        this.releases = releases;
    }

    Verification run() {
        LedgerHead head = store.read(RecordStore.Reading::head);
        while (sequence < head.sequence()) {
            List<LedgerRecord> records = store.read(reading -> reading.after(sequence, CHUNK));
            if (records.isEmpty()) {
                return damage("it was acknowledged and is missing, with all after it");
            }
            for (LedgerRecord record : records) {
                if (record.sequence() > head.sequence()) {
                    break; // appended while this check ran
                }
                Optional<String> flaw = visit(record);
                if (flaw.isPresent()) {
                    return damage(flaw.get());
                }
            }
        }
        return compare(head);
    }

    /** The newest version before the damage. */
    int lastReadable() {
        return index.newest();
    }

    private Verification compare(LedgerHead head) {
        if (!head.equals(new LedgerHead(sequence, hash, index.newest(), index.current(), configOf))) {
            return damage("the head of the ledger does not fit its last record");
        }
        boolean more = store.read(reading -> reading.after(sequence, 1).stream()
                .anyMatch(record -> reading.head().sequence() == head.sequence()));
        return more ? damage("it is there and was never acknowledged") : new Verification(sequence, Optional.empty());
    }

    private Verification damage(String problem) {
        return new Verification(sequence, Optional.of(new Damage(sequence + 1, store.place(), problem)));
    }

    private Optional<String> visit(LedgerRecord record) {
        if (record.sequence() != sequence + 1) {
            return Optional.of("it is missing");
        }
        if (!record.previous().equals(hash)) {
            return Optional.of("it does not follow the record before it");
        }
        Optional<String> flaw = record.flaw().or(() -> content(record));
        if (flaw.isEmpty()) {
            sequence = record.sequence();
            hash = record.hash();
        }
        return flaw;
    }

    private Optional<String> content(LedgerRecord record) {
        try {
            if (record.kind() == Kind.RELEASE) {
                holders.set(record.version());
                configOf = record.version();
                releases.reader().release(record.payload(), holder -> configOf(record.version(), holder));
            }
            return index.add(new RecordHead(record.kind(), record.version(), record.status()), record.sequence());
        } catch (IOException e) {
            return Optional.of("it is no release record: " + e.getMessage());
        }
    }

    private ConfigVars configOf(int version, int holder) throws IOException {
        holders.clear(version);
        if (!holders.get(holder)) {
            throw new IOException("its config vars stand nowhere");
        }
        configOf = holder;
        return ConfigVars.empty();
    }
}
