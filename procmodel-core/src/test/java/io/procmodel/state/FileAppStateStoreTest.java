package io.procmodel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileAppStateStoreTest extends AppStateStoreContract {
    @TempDir
    Path directory;

    @Override
    protected AppStateStore open() throws IOException {
        Files.createDirectories(directory.resolve(SHOP.value()));
        Files.createDirectories(directory.resolve(BLOG.value()));
        return FileAppStateStore.at(directory);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsDocumentsPrivate() throws IOException {
        open().save(SHOP, StateName.of("domains"), "a", AppStateStore.ABSENT);

        assertThat(Files.getPosixFilePermissions(directory.resolve("shop/domains.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void makesNoAppByKeepingItsState() {
        assertThatThrownBy(
                        () -> FileAppStateStore.at(directory).save(AppName.of("gone"), StateName.of("domains"), "a", 0))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("gone");
        assertThat(directory.resolve("gone")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "../a", "a.b", "a/b"})
    void refusesNamesThatAreNoFileNames(String name) {
        assertThatThrownBy(() -> StateName.of(name)).isInstanceOf(InvalidValueException.class);
    }
}
