package io.procmodel.logplex.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LinePart;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    /** LOG-6. */
    @Test
    void writesHerokusLine() {
        assertThat(LogFormat.heroku().format(entry("web.1", "ready")))
                .isEqualTo("2026-01-02T03:04:05.678901+00:00 app[web.1]: ready");
    }

    @Test
    void writesForemansLineInAColumnThatOnlyWidens() {
        LogFormat foreman = LogFormat.foreman(ZoneId.of("Asia/Tokyo"));

        assertThat(foreman.format(entry("web.1", "ready"))).isEqualTo("12:04:05 web.1  | ready");
        assertThat(foreman.format(entry("worker.12", ""))).isEqualTo("12:04:05 worker.12 | ");
        assertThat(foreman.format(LogEntry.of(1, TIME, LogOrigin.heroku("web.1"), "up".getBytes(UTF_8))))
                .isEqualTo("12:04:05 heroku[web.1] | up");
        assertThat(foreman.format(entry("web.1", "x"))).isEqualTo("12:04:05 web.1         | x");
    }

    @Tag("C56")
    @Test
    void coloursOnlyTheHeadAndDynosOfATypeAlike() {
        LogFormat foreman = LogFormat.foremanInColour(ZoneOffset.UTC);

        assertThat(foreman.format(entry("web.1", "a"))).isEqualTo("\u001b[36m03:04:05 web.1  | \u001b[0ma");
        assertThat(foreman.format(entry("web.2", "b"))).startsWith("\u001b[36m");
        assertThat(foreman.format(entry("web", "b"))).startsWith("\u001b[36m");
    }

    @Tag("C56")
    @ParameterizedTest
    @CsvSource({"web, 36", "worker, 33", "clock, 32", "release, 35", "run, 34", "router, 96", "mailer, 95"})
    void givesATypeTheSameColourInEveryRun(String type, String code) {
        assertThat(LogFormat.foremanInColour(ZoneOffset.UTC).format(entry(type + ".1", "")))
                .startsWith("\u001b[" + code + "m");
    }

    @Test
    void writesJson() {
        assertThat(LogFormat.json().format(entry("web.1", "say \"hi\"\\\t€")))
                .isEqualTo("{\"seq\":7,\"time\":\"2026-01-02T03:04:05.678901Z\",\"source\":\"app\","
                        + "\"process\":\"web.1\",\"stream\":\"merged\",\"part\":\"whole\","
                        + "\"text\":\"say \\\"hi\\\"\\\\\\u0009\\u20ac\"}");
    }

    @Test
    void writesTheBytesInJsonWhenTheyAreNoText() {
        byte[] bytes = {'a', (byte) 0xff, 0};
        LogEntry entry = LogEntry.of(1, TIME, LogOrigin.app("web.1").on(LogStream.STDERR), LinePart.FIRST, bytes, 0, 3);

        assertThat(LogFormat.json().format(entry))
                .contains("\"stream\":\"stderr\",\"part\":\"first\",\"text\":\"a\\ufffd\\u0000\",\"base64\":\"Yf8A\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[1;31mplain\u001b[0m",
                "\u001b]0;title\u0007plain",
                "\u001b]8;;http://example.com\u001b\\plain\u001b]8;;\u001b\\",
                "\u001b[2K\u001b[1Gplain",
                "\u001b(Bplain\u001b7\u001bM",
                "plain",
            })
    void takesEscapeSequencesOut(String text) {
        assertThat(LogFormat.heroku().withoutEscapes().format(entry("web.1", text)))
                .endsWith("app[web.1]: plain");
    }

    @Test
    void keepsItsOwnColoursWhenItTakesThoseOfTheLineOut() {
        assertThat(LogFormat.foremanInColour(ZoneOffset.UTC).withoutEscapes().format(entry("web.1", "\u001b[31mred")))
                .isEqualTo("\u001b[36m03:04:05 web.1  | \u001b[0mred");
    }

    private static LogEntry entry(String process, String text) {
        return LogEntry.of(7, TIME, LogOrigin.app(process), text.getBytes(UTF_8));
    }
}
