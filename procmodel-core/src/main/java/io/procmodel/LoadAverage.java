package io.procmodel;

import java.time.Duration;

/** A moving average that forgets what is older than its window, little by little, as an operating system's load does. */
final class LoadAverage {
    private final Duration window;
    private double value;

    LoadAverage(Duration window) {
        this.window = window;
    }

    void add(double load, Duration held) {
        double kept = Math.exp(-(double) held.toNanos() / window.toNanos());
        value = value * kept + load * (1 - kept);
    }

    double value() {
        return value;
    }
}
