package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runtime takes from its host: an allow-list of variables, programs by path, signals that are ignored. */
class HostViewTest {
    @TempDir
    Path directory;

    @Test
    void dynosSeeAnAllowListOfTheHostsVariables() {
        Map<String, String> host = Map.of(
                "PATH",
                "/bin",
                "LANG",
                "C",
                "LC_ALL",
                "C.UTF-8",
                "TZ",
                "UTC",
                "AWS_SECRET_ACCESS_KEY",
                "x",
                "HOME",
                "/root");

        assertThat(BaseEnvironment.of(host))
                .containsOnly(
                        Map.entry("PATH", "/bin"),
                        Map.entry("LANG", "C"),
                        Map.entry("LC_ALL", "C.UTF-8"),
                        Map.entry("TZ", "UTC"));
    }

    /** DYN-40. */
    @Test
    void aHostWithoutAPathGivesTheUsualOne() {
        assertThat(BaseEnvironment.of(Map.of())).containsOnlyKeys("PATH");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void programsAreFoundOnThePathByAbsoluteNameAndOnlyIfTheyCanRun() throws IOException {
        Path program = Files.writeString(directory.resolve("tool"), "#!/bin/sh\n");
        HostTools tools = new HostTools(Map.of("PATH", "relative:" + directory + "::/no\0where"));

        assertThat(tools.find("tool")).isEmpty();
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(tools.find("tool")).hasValue(program.toString());
        assertThat(tools.find("no-such-tool")).isEmpty();
        assertThat(tools.find("sh")).as("beyond the PATH").isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, true",
        "2, true",
        "4, true",
        "4000, true",
        "8, true",
        "1000, true",
        "fffffffffffffffe, true"
    })
    void anIgnoredSignalIsSeen(String mask, boolean covered) {
        assertThat(new SignalMask(Long.parseUnsignedLong(mask, 16)).isAny()).isEqualTo(covered);
    }
}
