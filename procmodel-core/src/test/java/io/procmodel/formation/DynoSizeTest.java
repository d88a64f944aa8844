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

    @Test
    void aHostHasItsOwnBesidesThem() {
        DynoSize tiny = DynoSize.custom("Tiny_32", ByteSize.ofMebibytes(32), 40);
        DynoSizes sizes = DynoSizes.HEROKU.with(tiny.withUnits(3));

        assertThat(sizes.of("tiny_32").memory()).hasToString("32 MB");
        assertThat(sizes.of("TINY_32").maxProcesses()).isEqualTo(40);
        assertThat(sizes.of("Tiny_32").units()).isEqualTo(3);
        assertThat(tiny.units()).isEqualTo(1);
        assertThat(sizes.of("2X")).isSameAs(DynoSize.STANDARD_2X);
        assertThat(sizes.all()).hasSize(10).endsWith(tiny);
        assertThat(FormationChange.parse(sizes, "web=2:tiny_32")).hasToString("[web=2:Tiny_32]");
        assertThatThrownBy(() -> DynoSize.of("tiny_32")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void sizesAreEqualByName() {
        DynoSize tiny = DynoSize.custom("Tiny", ByteSize.ofMebibytes(32), 40);

        assertThat(tiny).isEqualTo(DynoSize.custom("tINY", ByteSize.ofMebibytes(64), 80));
        assertThat(tiny).hasSameHashCodeAs(DynoSize.custom("tINY", ByteSize.ofMebibytes(64), 80));
        assertThat(tiny).isNotEqualTo(DynoSize.ECO);
        assertThat(tiny.sleeps()).isFalse();
        assertThat(DynoSize.ECO.sleeps()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1x", "px", "FREE", "standard-1X", "tiny"})
    void refusesANameThatIsTaken(String name) {
        DynoSizes sizes = DynoSizes.HEROKU.with(DynoSize.custom("Tiny", ByteSize.ofMebibytes(32), 40));

        assertThatThrownBy(() -> sizes.with(DynoSize.custom(name, ByteSize.ofMebibytes(1), 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(name);
    }

    @Test
    void refusesASizeThatNoDynoCouldHave() {
        ByteSize memory = ByteSize.ofMebibytes(32);

        assertThatThrownBy(() -> DynoSize.custom("a size", memory, 40)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> DynoSize.custom("", memory, 40)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> DynoSize.custom("tiny", new ByteSize(0), 40))
                .hasMessageContaining("memory of dyno size tiny");
        assertThatThrownBy(() -> DynoSize.custom("tiny", memory, 0))
                .hasMessageContaining("processes of dyno size tiny");
        assertThatThrownBy(() -> DynoSize.ECO.withUnits(0)).hasMessageContaining("units of dyno size Eco");
    }
}
