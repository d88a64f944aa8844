package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.ring.Line;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a peer must still be told about lines that it will never get, in Heroku's words. Not thread-safe. */
public final class Notices {
    private static final LogOrigin LOGPLEX = LogOrigin.heroku("logplex");
    private static final DateTimeFormatter SINCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    private final Shortfall drops = new Shortfall();
    private final Shortfall losses = new Shortfall();

    /** Creates the notices of a drain that has lost nothing yet. */
    public Notices() {}

    void dropped(long lines, Instant since) {
        drops.add(lines, since);
    }

    void lost(long lines, Instant since) {
        losses.add(lines, since);
    }

    /** The notices of all that has not been told, to be sent with the next batch. */
    List<Line> take(Instant now) {
        List<Line> lines = new ArrayList<>(2);
        if (drops.count() > 0) {
            lines.add(notice(now, overflow(drops.count(), drops.since())));
            drops.tell();
        }
        if (losses.count() > 0) {
            lines.add(notice(now, undelivered(losses.count(), losses.since())));
            losses.tell();
        }
        return lines;
    }

    long dropsTold() {
        return drops.telling();
    }

    long lossesTold() {
        return losses.telling();
    }

    void told() {
        drops.told();
        losses.told();
    }

    void untold() {
        drops.untold();
        losses.untold();
    }

    /** Heroku's L10 (Heroku: ERR L10). */
    public static String overflow(long lines, Instant since) {
        return "Error L10 (output buffer overflow): " + lines + " messages dropped since " + SINCE.format(since) + ".";
    }

    /** Heroku's L13 (Heroku: ERR-7). */
    public static String undelivered(long lines, Instant since) {
        return "Error L13: " + lines + " messages lost since " + SINCE.format(since) + ".";
    }

    private static Line notice(Instant now, String text) {
        return Line.of(LogEntry.of(0, now, LOGPLEX, text.getBytes(UTF_8)));
    }
}
