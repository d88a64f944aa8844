package io.procmodel.logplex;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drops what a dyno says too fast, and tells so at most once a second. Thread-safe. */
final class SourceLimiter {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final DateTimeFormatter SINCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    private final LogOrigin origin;
    private final RateBucket dyno;
    private final RateBucket app;
    private final IdleTimer timer;
    private final InstantSource clock;
    private final Consumer<String> notices;
    private long dropped;
    private Instant since = Instant.EPOCH;

    SourceLimiter(
            LogOrigin origin,
            RateBucket dyno,
            RateBucket app,
            IdleTimer timer,
            InstantSource clock,
            Consumer<String> notices) {
        this.origin = origin;
        this.dyno = dyno;
        this.app = app;
        this.timer = timer;
        this.clock = clock;
        this.notices = notices;
    }

    /** Whether these lines may pass; if not, they are counted. */
    boolean admits(CutLines lines) {
        long now = timer.now();
        int bytes = lines.headLength() + lines.bodyLength();
        if (dyno.take(lines.size(), bytes, now) && app.take(lines.size(), bytes, now)) {
            return true;
        }
        count(lines.size());
        return false;
    }

    private synchronized void count(int lines) {
        if (dropped == 0) {
            since = clock.instant();
            timer.schedule(this::tell, PAUSE_NANOS);
        }
        dropped += lines;
    }

    private void tell() {
        String notice;
        synchronized (this) {
            notice = "Error L12: " + dropped + " messages dropped since " + SINCE.format(since) + ". (" + origin
                    + " says more than its rate limit)";
            dropped = 0;
        }
        notices.accept(notice);
    }
}
