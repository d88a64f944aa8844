package io.procmodel.runtime.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps that take back what a start has made, when it failed half-way or the dyno has ended; run last first. Confined to one thread. */
final class Undo implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();

    void add(AutoCloseable step) {
        steps.push(step);
    }

    @Override
    public void run() {
        for (AutoCloseable step : steps) {
            try {
                step.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception | Error e) {
                LOG.warn("a dyno leaves something behind", e);
            }
        }
    }
}
