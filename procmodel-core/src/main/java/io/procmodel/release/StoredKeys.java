package io.procmodel.release;

import java.util.Optional;

/** Data keys beside the records of a shared ledger. */
record StoredKeys(RecordStore store) implements KeyPlace {
    @Override
    public Optional<String> load() {
        return store.keys();
    }

    @Override
    public boolean replace(Optional<String> before, String after) {
        return store.replaceKeys(before, after);
    }

    @Override
    public String toString() {
        return store.place();
    }
}
