package io.procmodel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {
    @Test
    void anOpenPortIsEnoughUnlessTheHostAsksForMore() {
        assertThat(TypePolicy.HEROKU.readiness()).isEqualTo(Readiness.PORT);

        AppPolicy policy = AppPolicy.HEROKU.type("web", type -> type.readiness(Readiness.http("/up")));
        assertThat(policy.of("web").readiness()).isEqualTo(new Readiness.HttpPath("/up", Duration.ofSeconds(5)));
        assertThat(policy.of("worker").readiness()).isEqualTo(Readiness.PORT);
    }

    @Test
    void itSaysWhatItWaitsFor() {
        assertThat(Readiness.PORT).hasToString("an open port");
        assertThat(Readiness.http("/up")).hasToString("GET /up");
        assertThat(Readiness.logLine("list.*")).hasToString("a line with list.*");
        assertThat(Readiness.command("bin/ready")).hasToString("status 0 of `bin/ready`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "up", "//evil/up", "/a b", "/up#part", "/up\n", ":80/up", "@host/up", "/%zz"})
    void refusesWhatIsNoPath(String path) {
        assertThatThrownBy(() -> Readiness.http(path))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("readiness path");
    }

    @Test
    void refusesABadExpressionABlankCommandAndATimeoutOutOfRange() {
        assertThatThrownBy(() -> Readiness.logLine("(")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Readiness.command(" ")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Readiness.command("a\0b")).isInstanceOf(InvalidValueException.class);
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(2)}) {
            assertThatThrownBy(() -> new Readiness.HttpPath("/up", timeout)).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> new Readiness.Command("true", timeout)).isInstanceOf(InvalidValueException.class);
        }
    }
}
