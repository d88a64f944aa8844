package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as {@code 2026-01-02T03:04:05.678901+00:00}; the second is formatted once for all lines in it. Not thread-safe. */
final class Timestamps {
    /** The length of every timestamp between the years 0 and 9999. */
    static final int LENGTH = 32;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'.000000+00:00'").withZone(ZoneOffset.UTC);
    private static final int FIRST_DIGIT = 20;
    private static final int DIGITS = 6;
    private static final long PER_SECOND = 1_000_000;

    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    /** The timestamp, in an array that the next call changes. */
    byte[] of(long micros) {
        long wanted = Math.floorDiv(micros, PER_SECOND);
        if (wanted != second) {
            second = wanted;
            text = SECOND.format(Instant.ofEpochSecond(wanted)).getBytes(US_ASCII);
        }
        int rest = (int) Math.floorMod(micros, PER_SECOND);
        for (int i = FIRST_DIGIT + DIGITS - 1; i >= FIRST_DIGIT; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return text;
    }
}
