package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileSlugStoreTest extends SlugStoreContract {
    private static final SlugDigest A = new SlugDigest("a".repeat(64));

    @TempDir
    Path directory;

    @Override
    protected SlugStore openEmptyStore() {
        return FileSlugStore.at(directory.resolve("home/slugs"));
    }

    private Path incoming() {
        return directory.resolve("home/slugs/incoming");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsFilesAndDirectoriesPrivate() throws IOException {
        try (SlugUpload upload = openEmptyStore().upload()) {
            upload.commit(A);
        }
        try (var paths = Files.walk(directory.resolve("home"))) {
            assertThat(paths)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void removesWhatADeadProcessLeftWhenItIsOpened() throws IOException {
        openEmptyStore();
        Files.writeString(incoming().resolve("upload-1-1-left.tmp"), "half");

        openEmptyStore();

        assertThat(incoming()).isEmptyDirectory();
    }

    /** As while another thread that opens the store looks at the same file. */
    @Test
    void isOpenedWhileALeftoverIsLockedInThisProcess() throws IOException {
        openEmptyStore();
        Path left = Files.writeString(incoming().resolve("upload-1-1-left.tmp"), "half");
        try (FileChannel channel = FileChannel.open(left, StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();

            assertThat(openEmptyStore().list()).isEmpty();
        }
    }

    @Test
    void leavesTheUploadsOfThisProcessAloneWhenItIsOpenedAgain() throws IOException {
        SlugStore store = openEmptyStore();
        try (SlugUpload upload = store.upload()) {
            upload.stream().write(1);
            openEmptyStore();
            upload.commit(A);
        }
        assertThat(store.contains(A)).isTrue();
        assertThat(incoming()).isEmptyDirectory();
    }

    @Test
    void listsNothingButSlugs() throws IOException {
        SlugStore store = openEmptyStore();
        Files.writeString(directory.resolve("home/slugs/sha256/README"), "not a slug");

        assertThat(store.list()).isEmpty();
    }

    @Test
    void namesADirectoryThatItCannotUse() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> FileSlugStore.at(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("open the slug store " + file);
    }
}
