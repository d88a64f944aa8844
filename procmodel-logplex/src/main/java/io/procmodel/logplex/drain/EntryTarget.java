package io.procmodel.logplex.drain;

import io.procmodel.log.LogEntry;
import io.procmodel.logplex.ring.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Code of the host that takes entries, one batch per call. What it throws costs the batch, and is counted. */
final class EntryTarget implements DrainTarget {
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int BYTES_PER_ENTRY = 64;

    private final Consumer<List<LogEntry>> consumer;
    private List<LogEntry> batch = new ArrayList<>();
    private int size;

    EntryTarget(Consumer<List<LogEntry>> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void add(Line line) {
        batch.add(line.toEntry());
        size += line.length() + BYTES_PER_ENTRY;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int fullSize() {
        return BATCH_BYTES;
    }

    @Override
    public void send(Delivery delivery) {
        consumer.accept(List.copyOf(batch));
    }

    @Override
    public void clear() {
        batch = new ArrayList<>();
        size = 0;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
