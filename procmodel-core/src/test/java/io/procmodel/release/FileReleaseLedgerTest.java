package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileReleaseLedgerTest extends ReleaseLedgerContract {
    @TempDir
    Path directory;

    @Override
    protected ReleaseLedger open(InstantSource clock) {
        return FileReleaseLedger.builder(directory.resolve("ledger"))
                .clock(clock)
                .onTornTail(tail -> {
                    throw new AssertionError(tail);
                })
                .open();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsItsFilesAndDirectoryPrivate() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("ledger"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory.resolve("ledger"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(3);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void refusesASecondOwnerInThisProcessAndStaysHeld() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> FileReleaseLedger.open(directory.resolve("ledger")))
                    .isInstanceOf(LedgerInUseException.class)
                    .hasMessageContaining("this process");
        }
    }
}
