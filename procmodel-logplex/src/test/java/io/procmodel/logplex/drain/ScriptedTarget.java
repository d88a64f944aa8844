package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer that does with each batch what it was told beforehand, and takes it if it was told nothing. */
final class ScriptedTarget implements DrainTarget {
    final List<List<String>> received = new ArrayList<>();
    final List<Delivery> attempts = new ArrayList<>();
    final Deque<Exception> failures = new ArrayDeque<>();
    private final int fullSize;
    private final List<String> batch = new ArrayList<>();
    private int size;
    long doubts;

    @Nullable
    Exception always;

    ScriptedTarget(int fullSize) {
        this.fullSize = fullSize;
    }

    @Override
    public void add(Line line) {
        batch.add(line.text());
        size += line.length();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int fullSize() {
        return fullSize;
    }

    @Override
    public void send(Delivery delivery) throws IOException {
        attempts.add(delivery);
        Exception failure = always != null ? always : failures.poll();
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        received.add(List.copyOf(batch));
    }

    @Override
    public long takeDoubts() {
        long taken = doubts;
        doubts = 0;
        return taken;
    }

    @Override
    public void clear() {
        batch.clear();
        size = 0;
    }

    @Override
    public void close() {}

    List<String> lines() {
        return received.stream().flatMap(List::stream).toList();
    }
}
