package io.procmodel.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynoSizeTest {
    /** DYN-51, DYN-53. */
    @ParameterizedTest
    @CsvSource({
        "standard-2x, Standard-2X",
        "2X, Standard-2X",
        "1x, Standard-1X",
        "PX, Performance-L",
        "hobby, Basic",
        "FREE, Eco"
    })
    void acceptsAnyCaseAndTheOldNames(String name, String size) {
        assertThat(DynoSize.of(name)).hasToString(size);
    }

    /** DYN-52: processes and threads together. */
    @ParameterizedTest
    @CsvSource({
        "Eco, 512 MB, 256",
        "Standard-2X, 1024 MB, 512",
        "Performance-M, 2560 MB, 16384",
        "Performance-2XL, 129024 MB, 65536"
    })
    void knowsTheLimits(String name, String memory, int maxProcesses) {
        assertThat(DynoSize.of(name).memory()).hasToString(memory);
        assertThat(DynoSize.of(name).maxProcesses()).isEqualTo(maxProcesses);
    }

    @Test
    void refusesOtherNamesWithTheWholeTable() {
        assertThatThrownBy(() -> DynoSize.of("3X"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("\"3X\" (expected: Eco, Basic, Standard-1X, ");
    }
}
