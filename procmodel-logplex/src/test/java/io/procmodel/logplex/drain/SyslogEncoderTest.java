package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.ring.Line;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogEncoderTest {
    private final EncodedLines bytes = new EncodedLines();

    /** Heroku: LOG-32, its own example. */
    @Tag("C7")
    @Test
    void writesTheFormThatHerokuPosts() {
        SyslogEncoder.logplex()
                .encode(line("2022-12-05T08:59:21.850424Z", LogOrigin.heroku("router"), "at=info method=GET"), bytes);

        assertThat(text())
                .isEqualTo("80 <158>1 2022-12-05T08:59:21.850424+00:00 host heroku router - at=info method=GET\n");
    }

    /** Heroku: LOG-29. */
    @Tag("C36")
    @Test
    void writesRfc5424WithTheTokenAsHost() {
        SyslogEncoder encoder = SyslogEncoder.rfc5424("d.1234");

        encoder.encode(line("2026-01-02T03:04:05Z", LogOrigin.app("web.1"), "caf\u00e9\0"), bytes);
        encoder.encode(line("2026-01-02T03:04:05.000001Z", LogOrigin.app("web.1"), ""), bytes);

        assertThat(text().split("\n"))
                .containsExactly(
                        "67 <190>1 2026-01-02T03:04:05.000000+00:00 d.1234 app web.1 - - caf\u00e9\0",
                        "62 <190>1 2026-01-02T03:04:05.000001+00:00 d.1234 app web.1 - - ");
    }

    /** Heroku: LOG-9. */
    @Tag("C36")
    @ParameterizedTest
    @CsvSource({
        "app, web.1, MERGED, 190",
        "app, web.1, STDOUT, 190",
        "app, web.1, STDERR, 187",
        "heroku, web.1, MERGED, 134",
        "heroku, router, MERGED, 158",
        "heroku, logplex, MERGED, 172",
        "app, api, MERGED, 133",
    })
    void marksSpeakersByPriority(String source, String process, LogStream stream, int priority) {
        assertThat(SyslogEncoder.priority(new LogOrigin(source, process, stream)))
                .isEqualTo(priority);
    }

    private String text() {
        return new String(bytes.toByteArray(), ISO_8859_1);
    }

    private static Line line(String time, LogOrigin origin, String text) {
        return Line.of(LogEntry.of(1, Instant.parse(time), origin, text.getBytes(ISO_8859_1)));
    }
}
