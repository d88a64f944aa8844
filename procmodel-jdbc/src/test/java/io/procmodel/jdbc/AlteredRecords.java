package io.procmodel.jdbc;

import io.procmodel.release.LedgerHead;
import io.procmodel.release.LedgerRecord;
import io.procmodel.release.RecordStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a store held at one moment, in memory and to be read only, with a byte changed. */
record AlteredRecords(String place, LedgerHead head, List<LedgerRecord> records)
        implements RecordStore, RecordStore.Reading {
    static AlteredRecords of(RecordStore store) {
        return store.read(reading ->
                new AlteredRecords(store.place(), reading.head(), List.copyOf(reading.after(0, Integer.MAX_VALUE))));
    }

    AlteredRecords flip(LedgerRecord record, int position, int mask) {
        byte[] payload = record.payload().clone();
        payload[position] ^= (byte) mask;
        List<LedgerRecord> changed = new ArrayList<>(records);
        changed.set(
                (int) record.sequence() - 1,
                new LedgerRecord(
                        record.sequence(),
                        record.type(),
                        record.version(),
                        record.status(),
                        payload,
                        record.previous(),
                        record.hash()));
        return new AlteredRecords(place, head, changed);
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        return work.apply(this);
    }

    @Override
    public <T> T write(Function<Writing, T> work) {
        throw new UnsupportedOperationException("it can only be read");
    }

    @Override
    public Optional<String> keys() {
        return Optional.empty();
    }

    @Override
    public boolean replaceKeys(Optional<String> before, String after) {
        throw new UnsupportedOperationException("it can only be read");
    }

    @Override
    public List<LedgerRecord> about(int first, int last) {
        return records.stream()
                .filter(record -> record.version() >= first && record.version() <= last)
                .toList();
    }

    @Override
    public List<LedgerRecord> after(long sequence, int count) {
        return records.stream()
                .filter(record -> record.sequence() > sequence)
                .limit(count)
                .toList();
    }

    @Override
    public int newestSucceeded(int last) {
        throw new UnsupportedOperationException("nobody asks while it opens");
    }
}
