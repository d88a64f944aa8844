package io.procmodel.logplex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.ring.Loss;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An exact account of lines that a reader has lost: their numbers, and when the loss began.
 *
 * @param code Heroku's error code: {@code L11} for a tail
 * @param firstSeq the number of the first lost line
 * @param lastSeq the number of the last lost line
 * @param since when the first of them was lost
 */
public record LossNotice(String code, long firstSeq, long lastSeq, Instant since) {
    private static final LogOrigin LOGPLEX = LogOrigin.heroku("logplex");
    private static final DateTimeFormatter SINCE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    static LossNotice ofTail(Loss loss) {
        return new LossNotice("L11", loss.firstSeq(), loss.lastSeq(), loss.since());
    }

    /** How many lines were lost. */
    public long count() {
        return lastSeq - firstSeq + 1;
    }

    /** Heroku's words (Heroku: L11). */
    public String text() {
        return "Error L11 (Tail buffer overflow) -> This tail session dropped " + count() + " messages since "
                + SINCE.format(since);
    }

    /** The notice as a line of {@code heroku[logplex]} in the place of the last line that was lost. */
    public LogEntry toEntry() {
        return LogEntry.of(lastSeq, since, LOGPLEX, text().getBytes(UTF_8));
    }
}
