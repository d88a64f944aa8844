package io.procmodel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogOriginTest {
    /** LOG-7, LOG-8. */
    @Test
    void namesTheSpeakersOfTheStream() {
        assertThat(LogOrigin.app("web.1")).hasToString("app[web.1]");
        assertThat(LogOrigin.heroku("router")).hasToString("heroku[router]");
        assertThat(LogOrigin.api()).hasToString("app[api]");
    }

    @Test
    void tellsOutputsOfOneProcessApart() {
        LogOrigin merged = LogOrigin.app("web.1");

        assertThat(merged.stream()).isEqualTo(LogStream.MERGED);
        assertThat(merged.on(LogStream.STDERR)).isNotEqualTo(merged).hasToString("app[web.1]");
    }

    /** LOG-15. */
    @ParameterizedTest
    @CsvSource({
        "web, web.1, true",
        "web, web, true",
        "web.1, web.1, true",
        "web, webhook.1, false",
        "web.1, web.12, false",
        "web.1, web, false",
        "we, web.1, false"
    })
    void coversAProcessTypeUpToTheDot(String name, String process, boolean covered) {
        assertThat(LogOrigin.app(process).isOfProcessType(name)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web 1", "web]1", "web[1", "wéb.1", "web\n1"})
    void refusesNamesThatCannotStandInALine(String name) {
        assertThatThrownBy(() -> LogOrigin.app(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("log process: \"" + name + "\"");
        assertThatThrownBy(() -> new LogOrigin(name, "web.1"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("log source: \"" + name + "\"");
    }
}
