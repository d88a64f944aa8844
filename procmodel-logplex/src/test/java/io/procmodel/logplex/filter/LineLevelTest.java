package io.procmodel.logplex.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogLevel;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineLevelTest {
    private static final LogOrigin WEB = LogOrigin.app("web.1");

    @Tag("C9")
    @ParameterizedTest(quoteTextArguments = false)
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "12:00:00.123 [main] ERROR c.e.Shop - no stock => ERROR",
                "2026-01-02T03:04:05.678Z  WARN 1 --- [main] c.e.Shop : low => WARN",
                "2026-01-02 03:04:05,678 - shop - DEBUG - looked => DEBUG",
                "WARNING:root:low => WARN",
                "E, [2026-01-02T03:04:05.678901 #7] ERROR -- : no stock => ERROR",
                "SEVERE: no stock => ERROR",
                "FINEST: looked => TRACE",
                "npm ERR! code ELIFECYCLE => ERROR",
                "Error: listen EADDRINUSE: address already in use => ERROR",
                "error: pathspec 'x' did not match => ERROR",
                "2026/01/02 03:04:05 [warn] 7#7: *1 upstream => WARN",
                "[ warn ] low => WARN",
                "debug | looked => DEBUG",
                "E0102 03:04:05.678901   7 shop.cc:11] no stock => ERROR",
                "W0102 03:04:05.678901   7 shop.go:11] low => WARN",
                "<3>no stock => ERROR",
                "<12>low => WARN",
                "<31>looked => DEBUG",
                "<6>sold => INFO",
                "time=2026-01-02T03:04:05Z level=error msg=\"no WARN\" => ERROR",
                "ts=1 lvl=\"dbg\" msg=looked => DEBUG",
                "{\"time\":1,\"level\":\"warn\",\"msg\":\"low\"} => WARN",
                "{\"level\":50,\"msg\":\"no stock\"} => ERROR",
                "{\"level\":10,\"msg\":\"looked\"} => TRACE",
                "{\"request\":{\"level\":\"error\"},\"severity\":\"DEBUG\"} => DEBUG",
                "{\"level\":\"error\",\"msg\":\"cut o => ERROR",
                "12:00 \u001b[31mERROR\u001b[0m no stock => ERROR",
            })
    void isTheOneThatTheTextNames(String text, LogLevel level) {
        assertThat(LineLevel.of(WEB, text)).isEqualTo(level);
        assertThat(LineLevel.of(WEB.on(LogStream.STDERR), text)).isEqualTo(level);
    }

    @Tag("C9")
    @ParameterizedTest(quoteTextArguments = false)
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "`` => INFO",
                "GET /ERROR/pages 200 => INFO",
                "GET /?level=error 200 => INFO",
                "no errors, no warnings => INFO",
                "MIRROR up, TERROR down => INFO",
                "xlevel=error => INFO",
                "level=urgent => INFO",
                "{\"level\":null} => INFO",
                "{\"level\":{\"name\":\"error\"}} => INFO",
                "{\"level\":7} => INFO",
                "{not json ERROR => INFO",
                "<3 hearts => INFO",
                "<999999>x => INFO",
                "E0102 => INFO",
                "\tat c.e.Shop.sell(Shop.java:11) => INFO",
            })
    void isInformationWhereTheTextNamesNone(String text, LogLevel level) {
        assertThat(LineLevel.of(WEB, text)).isEqualTo(level);
    }

    @Test
    void isAWarningWhereErrorsAreApartAndForNoticesOfLosses() {
        assertThat(LineLevel.of(WEB.on(LogStream.STDERR), "\tat c.e.Shop.sell(Shop.java:11)"))
                .isEqualTo(LogLevel.WARN);
        assertThat(LineLevel.of(LogOrigin.heroku("logplex"), "Error L10 (output buffer overflow): 7 dropped"))
                .isEqualTo(LogLevel.WARN);
    }

    @Test
    void seesThroughColours() {
        assertThat(LineLevel.of(WEB, "\u001b[33mwarn\u001b[39m: low")).isEqualTo(LogLevel.WARN);
        assertThat(LineLevel.of(WEB, "[\u001b[1;31merror\u001b[0m] no stock")).isEqualTo(LogLevel.ERROR);
    }

    @Test
    void looksAtTheBeginningOfALongLineOnly() {
        assertThat(LineLevel.of(WEB, "x ".repeat(5_000_000) + "ERROR")).isEqualTo(LogLevel.INFO);
    }
}
