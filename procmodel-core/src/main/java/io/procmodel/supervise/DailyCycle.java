package io.procmodel.supervise;

import java.time.Duration;

/** How long a dyno lives when cycling is on: 24 hours and up to 216 minutes, drawn per dyno (Heroku: DYN-31). */
final class DailyCycle {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SPREAD = Duration.ofMinutes(216);

    private DailyCycle() {}

    static Duration lengthFor(Instance instance) {
        double part = Spread.of(instance.name(), instance.id());
        return DAY.plusMillis((long) (SPREAD.toMillis() * part));
    }
}
