package io.procmodel.procfile;

import static io.procmodel.procfile.EnvironmentLayer.FILES;
import static io.procmodel.procfile.EnvironmentLayer.HOST;
import static io.procmodel.procfile.EnvironmentLayer.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayeredEnvironmentTest {
    private static final LayeredEnvironment THREE = LayeredEnvironment.empty()
            .files(DotEnv.parse("# first\nALL=file\nFILE=file\nHOST_FILE=file\n"))
            .host(Map.of("ALL", "host", "HOST", "host", "HOST_FILE", "host"))
            .platform(Map.of("ALL", "platform", "PLATFORM", "platform"));

    @Test
    void thePlatformWinsOverTheHostOverFiles() {
        assertThat(THREE.precedence()).containsExactly(PLATFORM, HOST, FILES);
        assertThat(THREE.asMap())
                .containsEntry("ALL", "platform")
                .containsEntry("HOST_FILE", "host")
                .containsEntry("FILE", "file")
                .containsEntry("HOST", "host")
                .containsEntry("PLATFORM", "platform")
                .hasSize(5);
    }

    static List<List<EnvironmentLayer>> orders() {
        List<List<EnvironmentLayer>> orders = new ArrayList<>();
        for (EnvironmentLayer first : EnvironmentLayer.values()) {
            for (EnvironmentLayer second : EnvironmentLayer.values()) {
                for (EnvironmentLayer third : EnvironmentLayer.values()) {
                    if (first != second && second != third && first != third) {
                        orders.add(List.of(first, second, third));
                    }
                }
            }
        }
        return orders;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anyOrderCounts(List<EnvironmentLayer> order) {
        LayeredEnvironment environment = THREE.precedence(order.toArray(EnvironmentLayer[]::new));

        Map<EnvironmentLayer, String> said = Map.of(PLATFORM, "platform", HOST, "host", FILES, "file");
        assertThat(environment.asMap().get("ALL")).isEqualTo(said.get(order.get(0)));
        assertThat(environment.layers("ALL")).isEqualTo(order);
        assertThat(environment.layer("ALL")).contains(order.get(0));
    }

    @Test
    void originsAreOfTheLayerThatDecides() {
        assertThat(THREE.origin("FILE"))
                .hasValueSatisfying(origin -> assertThat(origin).hasToString(".env:3"));
        assertThat(THREE.origin("ALL")).isEmpty();
        assertThat(THREE.precedence(FILES, HOST).origin("ALL")).contains(new VariableOrigin(".env", 2));
        assertThat(THREE.origin("NOBODY")).isEmpty();
        assertThat(THREE.layer("NOBODY")).isEmpty();
    }

    @Test
    void aLayerThatIsNotNamedCountsForNothing() {
        assertThat(THREE.precedence(HOST).asMap()).containsOnlyKeys("ALL", "HOST", "HOST_FILE");
        assertThat(THREE.precedence(HOST).layers("ALL")).containsExactly(HOST);
    }

    @Test
    void aLayerSetAgainIsReplaced() {
        assertThat(THREE.host(Map.of()).files(DotEnv.parse("A=1")).asMap()).containsOnlyKeys("ALL", "PLATFORM", "A");
    }

    @Test
    void whatItWasMadeFromMayChange() {
        Map<String, String> mine = new HashMap<>(Map.of("A", "1"));
        LayeredEnvironment environment = LayeredEnvironment.empty().host(mine);
        mine.put("A", "2");

        assertThat(environment.asMap()).containsEntry("A", "1");
    }

    @Test
    void badOrdersAreRefused() {
        assertThatThrownBy(() -> THREE.precedence(new EnvironmentLayer[0]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("FILES");
        assertThatThrownBy(() -> THREE.precedence(HOST, HOST))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("[HOST, HOST]");
    }

    @Test
    void itPrintsNamesOnly() {
        assertThat(LayeredEnvironment.empty().platform(Map.of("TOKEN", "s3cret")))
                .hasToString("LayeredEnvironment[PLATFORM=[TOKEN], HOST=[], FILES=[]]");
    }
}
