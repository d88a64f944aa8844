package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import io.procmodel.name.AppName;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogQueryParserTest {
    private final ManualTime time = new ManualTime();
    private final Logplex logplex = time.builder().build();

    /** Lines a to f, one a second from 03:04:05. */
    @BeforeEach
    void write() {
        line(LogOrigin.app("web.1"), "a: GET /");
        line(LogOrigin.app("web.2"), "b: GET \"x y\"");
        line(LogOrigin.app("worker.1"), "c: job 7 failed");
        line(LogOrigin.heroku("web.1"), "d: State changed");
        line(LogOrigin.app("orderly.1"), "e: (notes)");
        line(LogOrigin.app("worker.2").on(LogStream.STDERR), "f: job 8 failed");
    }

    @AfterEach
    void close() {
        logplex.close();
    }

    @Tag("C9")
    @ParameterizedTest(quoteTextArguments = false)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                  | abcdef",
                "last=2                                              | ef",
                "source=app                                          | abcef",
                "source=app type=web                                 | ab",
                "source=app and type=web                             | ab",
                "type=web last=1                                     | d",
                "dyno=web.1                                          | ad",
                "not source=app                                      | d",
                "not not source=app                                  | abcef",
                "dyno=web.1 or dyno=web.2                            | abd",
                "source=app dyno=web.1 or dyno=web.2                 | ab",
                "source=app (dyno=web.1 or dyno=worker.1)            | ac",
                "not (type=web or type=worker)                       | e",
                "stream=stderr                                       | f",
                "level>=warn                                         | f",
                "level=info type=web                                 | abd",
                "since=2026-01-02T03:04:06.6Z until=2026-01-02T04:04:09+01:00 | bcd",
                "text:failed                                         | cf",
                "text:\"\\\"x y\\\"\"                                | b",
                "text:\"(notes)\"                                    | e",
                "text~\"job \\\\d f\"                                | cf",
                "text~^[a-c]                                         | abc",
                "type=orderly or text:State                          | de",
                "  source=app   ( type=web )  last=1                 | b",
            })
    void reads(String query, String lines) {
        assertThat(logplex.channel("shop").recent(LogQuery.parse(query)))
                .extracting(LogEntry::text)
                .extracting(text -> text.substring(0, 1))
                .isEqualTo(lines.chars().mapToObj(c -> String.valueOf((char) c)).toList());
    }

    @Tag("C9")
    @ParameterizedTest(quoteTextArguments = false)
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dyn=web.1                  | 1  | dyn=web.1 | source=, dyno=",
                "source=app web             | 12 | web       | source=, dyno=",
                "source=                    | 8  | ``        | a value",
                "source= app                | 8  | ` `       | a value",
                "(source=app                | 12 | ``        | ')'",
                "source=app)                | 11 | )         | end of query",
                "source=app or              | 14 | ``        | source=, dyno=",
                "not                        | 4  | ``        | source=, dyno=",
                "stream=stdin               | 8  | stdin     | merged, stdout or stderr",
                "level=WARN                 | 7  | WARN      | trace, debug, info, warn or error",
                "level>=                    | 8  | ``        | a value",
                "level>warn                 | 1  | level>warn | source=, dyno=",
                "since=yesterday            | 7  | yesterday | a time with offset",
                "text~a[                    | 6  | a[        | a regular expression; Unclosed character class",
                "text:\"open                | 11 | ``        | '\"' at the end",
                "last=many                  | 6  | many      | a number of lines",
                "last=-1                    | 6  | -1        | a number of lines",
                "last=5 source=app          | 8  | source=app | end of query",
                "(last=5)                   | 2  | last=5    | source=, dyno=",
            })
    void namesTheFirstMistakeAndItsColumn(String query, int column, String found, String expected) {
        LogQueryException mistake = catchThrowableOfType(LogQueryException.class, () -> LogQuery.parse(query));

        assertThat(mistake).hasMessageContaining("column " + column + ": \"" + found + "\" (expected: " + expected);
        assertThat(mistake.column()).isEqualTo(column);
        assertThat(mistake.query()).isEqualTo(query);
        assertThat(mistake.expected()).contains(expected);
    }

    private void line(LogOrigin origin, String text) {
        logplex.open(AppName.of("shop"), origin).line(text);
        time.tick(Duration.ofSeconds(1));
    }
}
