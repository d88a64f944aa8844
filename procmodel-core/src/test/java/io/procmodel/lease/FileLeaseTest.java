package io.procmodel.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLeaseTest extends LeaseContract {
    @TempDir
    private Path directory;

    @Override
    protected Lease lease(String name) {
        return FileLease.at(directory.resolve("leases").resolve(name));
    }

    @Override
    protected void passTimeToLive() {
        throw new AssertionError("a file lease does not end by silence");
    }

    @Test
    void theTokenSurvivesInTheFile() throws IOException {
        Path file = directory.resolve("clock.lease");
        FileLease.at(file).tryAcquire().orElseThrow().release();

        assertThat(file).hasContent("1");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(FileLease.at(file).tryAcquire().orElseThrow().token()).isEqualTo(2);
    }

    @Test
    void whoeverRemovesTheFileTakesTheLeaseFromItsHolder() throws IOException {
        Path file = directory.resolve("clock.lease");
        HeldLease held = FileLease.at(file).tryAcquire().orElseThrow();
        Files.delete(file);

        assertThat(held.renew()).isFalse();
    }

    @Test
    void aFileThatIsNoLeaseIsRefusedAndLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "buy milk\n");

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> FileLease.at(file).tryAcquire())
                    .isInstanceOf(LeaseUnavailableException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("buy milk");
        }
        assertThat(file).hasContent("buy milk\n");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> FileLease.at(Path.of("/proc/clock.lease")).tryAcquire())
                .isInstanceOf(LeaseUnavailableException.class)
                .hasMessageContaining("/proc/clock.lease");
    }
}
