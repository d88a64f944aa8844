package io.procmodel.release;

import io.procmodel.release.RecordHead.Kind;
import io.procmodel.release.ReleaseLedger.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Reads releases of a shared ledger. Thread-safe. */
final class SharedReleases {
    private final RecordStore store;
    private final RecordReader reader;
    private volatile HeldConfig lastConfig = HeldConfig.NONE;

    SharedReleases(RecordStore store, RecordReader reader) {
        this.store = store;
        this.reader = reader;
    }

    RecordReader reader() {
        return reader;
    }

    /** Remembers the config vars of the newest release, which the next one often shares. */
    void remember(HeldConfig config) {
        lastConfig = config;
    }

    Optional<Release> get(int version) {
        return get(reading -> version);
    }

    Optional<Release> get(ToIntFunction<RecordStore.Reading> version) {
        return store.read(reading -> {
            int wanted = version.applyAsInt(reading);
            return releases(reading, reading.about(wanted, wanted)).stream().findFirst();
        });
    }

    /** The releases from {@code first} to {@code last}, newest first. */
    List<Release> descending(int first, int last) {
        List<Release> ascending = store.read(reading -> releases(reading, reading.about(first, last)));
        List<Release> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        return descending;
    }

    /** The config vars that stand in the record of {@code version}. */
    HeldConfig held(RecordStore.Reading reading, int version) {
        if (version == 0) {
            return HeldConfig.NONE;
        }
        HeldConfig last = lastConfig;
        if (last.version() == version) {
            return last;
        }
        LedgerRecord record = reading.about(version, version).stream()
                .filter(candidate -> candidate.kind() == Kind.RELEASE)
                .findFirst()
                .orElseThrow(() -> damaged(version, 0, "the record of v" + version + " is missing"));
        HeldConfig held = new HeldConfig(
                version,
                release(record, other -> {
                            throw new IOException("the config vars of v" + version + " stand nowhere");
                        })
                        .config());
        lastConfig = held;
        return held;
    }

    private List<Release> releases(RecordStore.Reading reading, List<LedgerRecord> records) {
        Map<Integer, ReleaseStatus> latest = new HashMap<>();
        records.forEach(record -> latest.put(record.version(), record.status()));
        return records.stream()
                .filter(record -> record.kind() == Kind.RELEASE)
                .map(record -> release(record, holder -> held(reading, holder).vars())
                        .withStatus(latest.getOrDefault(record.version(), record.status())))
                .toList();
    }

    private Release release(LedgerRecord record, RecordReader.EarlierConfig earlier) {
        record.flaw().ifPresent(flaw -> {
            throw damaged(record.version(), record.sequence(), flaw);
        });
        try {
            return reader.release(record.payload(), earlier);
        } catch (IOException e) {
            throw damaged(record.version(), record.sequence(), String.valueOf(e.getMessage()));
        }
    }

    private DamagedLedgerException damaged(int version, long sequence, String problem) {
        return new DamagedLedgerException(new Damage(sequence, store.place(), problem), version - 1);
    }
}
