package io.procmodel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortPlanTest {
    private static DynoName dyno(String name) {
        return DynoName.parse(name);
    }

    @Test
    void foremanCountsAHundredPerTypeAndOnePerDyno() {
        PortPlan plan = PortPlan.foreman(5000);

        assertThat(plan.portOf(dyno("web.1"), 0)).isEqualTo(PortRequest.fixed(5000));
        assertThat(plan.portOf(dyno("web.100"), 0)).isEqualTo(PortRequest.fixed(5099));
        assertThat(plan.portOf(dyno("worker.2"), 3)).isEqualTo(PortRequest.fixed(5301));
    }

    @Test
    void foremanRefusesADynoThatWouldTakeTheNextTypesPort() {
        assertThatThrownBy(() -> PortPlan.foreman(5000).portOf(dyno("web.101"), 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("web.101")
                .hasMessageContaining("at most 100 of a type");
    }

    @Test
    void foremanRefusesAPortBeyondTheLast() {
        assertThat(PortPlan.foreman(65_535).portOf(dyno("web.1"), 0)).isEqualTo(PortRequest.fixed(65_535));
        assertThatThrownBy(() -> PortPlan.foreman(65_535).portOf(dyno("web.2"), 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> PortPlan.foreman(0)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void fixedPortsAreThoseAndNoOthers() {
        PortPlan plan = PortPlan.fixed(Map.of("web.1", 8080));

        assertThat(plan.portOf(dyno("web.1"), 7)).isEqualTo(PortRequest.fixed(8080));
        assertThatThrownBy(() -> plan.portOf(dyno("web.2"), 0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("\"web.2\" (expected: one that the plan names: [web.1])");
        assertThatThrownBy(() -> PortPlan.fixed(Map.of("a.1", 8080, "b.1", 8080)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("8080");
    }

    @Test
    void anEnvironmentPrintsItsNamesAlone() {
        Environment environment = Environment.of(Map.of("TOKEN", "s3cret"));

        assertThat(environment).hasToString("[TOKEN]");
        assertThat(environment.reveal()).containsEntry("TOKEN", "s3cret");
        assertThatThrownBy(() -> environment.with(Map.of("A", "s3\0cret")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("\"A\"")
                .hasMessageNotContaining("s3");
    }
}
