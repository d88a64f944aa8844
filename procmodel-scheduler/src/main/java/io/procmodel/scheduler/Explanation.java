package io.procmodel.scheduler;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A schedule in words with its next instants. */
final class Explanation {
    private static final int COUNT = 5;

    private Explanation() {}

    static String of(Schedule schedule, Instant from) {
        ZoneId zone = schedule instanceof CronSchedule cron ? cron.zone() : ZoneOffset.UTC;
        StringBuilder text = new StringBuilder(schedule.describe());
        Optional<Instant> next = schedule.nextAfter(from);
        if (next.isEmpty()) {
            return text.append(System.lineSeparator()).append("never").toString();
        }
        for (int i = 0; i < COUNT && next.isPresent(); i++) {
            Instant instant = next.get();
            text.append(System.lineSeparator()).append(instant.atZone(zone).toOffsetDateTime());
            next = schedule.nextAfter(instant);
        }
        return text.toString();
    }
}
