package io.procmodel.logplex;

import io.procmodel.log.LogSource;
import io.procmodel.logplex.drain.DrainListener;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the app's own stream what goes wrong with a drain, naming it: at once, and then at most once a minute, with the
 * sum. Used by the drain's thread.
 */
final class DrainReports implements DrainListener {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final DateTimeFormatter SINCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    private final LogSource logplex;
    private final String token;
    private final String uri;
    private final LongSupplier ticker;
    private final Report drops;
    private final Report losses;
    private long certificateToldAt;
    private boolean certificateTold;

    DrainReports(LogSource logplex, String token, String uri, LongSupplier ticker) {
        this.logplex = logplex;
        this.token = token;
        this.uri = uri;
        this.ticker = ticker;
        this.drops = new Report("Error L10 (output buffer overflow): drain '%s' dropped %d messages since %s.");
        this.losses = new Report("Error L13 (delivery error): drain '%s' lost %d messages since %s.");
    }

    @Override
    public void dropped(long lines, Instant since) {
        drops.add(lines, since);
    }

    @Override
    public void lost(long lines, Instant since) {
        losses.add(lines, since);
    }

    @Override
    public void certificateRefused(String reason) {
        long now = ticker.getAsLong();
        if (!certificateTold || now - certificateToldAt >= PAUSE_NANOS) {
            certificateTold = true;
            certificateToldAt = now;
            logplex.line("Error L14 (certificate validation): error=\"" + reason.replace('"', '\'') + "\" uri=\"" + uri
                    + "\"");
        }
    }

    /** Tells what has waited for its minute. */
    void tick() {
        drops.tellIfDue();
        losses.tellIfDue();
    }

    private final class Report {
        private final String text;
        private long count;
        private @Nullable Instant since;
        private long toldAt;
        private boolean told;

        Report(String text) {
            this.text = text;
        }

        void add(long lines, Instant when) {
            count += lines;
            since = since == null ? when : since;
            tellIfDue();
        }

        void tellIfDue() {
            long now = ticker.getAsLong();
            if (count > 0 && since != null && (!told || now - toldAt >= PAUSE_NANOS)) {
                told = true;
                toldAt = now;
                logplex.line(String.format(text, token, count, SINCE.format(since)));
                count = 0;
                since = null;
            }
        }
    }
}
