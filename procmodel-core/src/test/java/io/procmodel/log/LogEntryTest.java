package io.procmodel.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogEntryTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");

    /** LOG-6. */
    @Test
    void printsHerokusLine() {
        LogEntry entry = LogEntry.of(1, TIME, LogOrigin.app("worker.1"), "done in 3 s".getBytes(UTF_8));

        assertThat(entry).hasToString("2026-01-02T03:04:05.678901+00:00 app[worker.1]: done in 3 s");
        assertThat(entry.source()).isEqualTo("app");
        assertThat(entry.process()).isEqualTo("worker.1");
        assertThat(entry.part()).isEqualTo(LinePart.WHOLE);
    }

    /** LOG-6. */
    @Test
    void printsMicrosecondsEvenWhenTheyAreZero() {
        LogEntry entry = LogEntry.of(1, Instant.EPOCH, LogOrigin.heroku("router"), new byte[0]);

        assertThat(entry).hasToString("1970-01-01T00:00:00.000000+00:00 heroku[router]: ");
    }

    @Test
    void keepsBytesExactlyAndApartFromItsCaller() {
        byte[] bytes = {0, (byte) 0xff, 'a'};
        LogEntry entry = LogEntry.of(1, TIME, LogOrigin.api(), bytes);
        bytes[0] = 'x';
        entry.bytes()[0] = 'y';

        assertThat(entry.bytes()).containsExactly(0, 0xff, 'a');
        assertThat(entry.text()).isEqualTo("\0\ufffda");
    }

    @Test
    void equalsByValue() {
        LogEntry entry = LogEntry.of(1, TIME, LogOrigin.api(), new byte[] {1});

        assertThat(LogEntry.of(1, TIME, LogOrigin.api(), new byte[] {1}))
                .isEqualTo(entry)
                .hasSameHashCodeAs(entry);
        assertThat(LogEntry.of(2, TIME, LogOrigin.api(), new byte[] {1})).isNotEqualTo(entry);
        assertThat(LogEntry.of(1, TIME, LogOrigin.api(), LinePart.FIRST, new byte[] {1}, 0, 1))
                .isNotEqualTo(entry);
        assertThat(LogEntry.of(1, TIME, LogOrigin.api(), new byte[] {2})).isNotEqualTo(entry);
    }
}
