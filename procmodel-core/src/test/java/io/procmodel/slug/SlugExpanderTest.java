package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DYN-16, R17. */
@DisabledOnOs(OS.WINDOWS)
class SlugExpanderTest {
    @TempDir
    Path directory;

    private SlugStore store;
    private Slug slug;
    private Path target;

    @BeforeEach
    void packSample() {
        store = FileSlugStore.at(directory.resolve("slugs"));
        slug = SlugPacker.into(store).pack(new SampleTree().writeTo(directory.resolve("sample")), List.of());
        target = directory.resolve("out/app");
    }

    private void expand(SlugDigest digest) throws IOException {
        Files.createDirectories(target.getParent());
        SlugExpander.of(store).expand(digest, target);
    }

    private Path archive() {
        return directory.resolve("slugs/sha256").resolve(slug.digest().hex() + ".slug");
    }

    @Test
    void givesTheTreeBack() throws IOException {
        expand(slug.digest());

        assertThat(SlugPacker.into(store).pack(target, List.of())).isEqualTo(slug);
        assertThat(target.resolve(SampleTree.LONG_NAME)).hasContent("long");
        assertThat(target.resolve("größe/naïve ☃ 𝄞.txt")).hasContent("text");
        assertThat(modeOf("bin/web")).isEqualTo("rwxr-xr-x");
        assertThat(modeOf("lib/a")).isEqualTo("rw-r--r--");
        assertThat(target.resolve("empty")).isEmptyDirectory();
        assertThat(target.getParent()).isDirectoryContaining(target::equals).isDirectoryNotContaining("glob:**/.*");
    }

    private String modeOf(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(path)));
    }

    /** R17 is for an archive that is wrong, and not for a disk or a network that fails. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void saysThatTheStoreFailsAndNotThatTheSlugIsDamaged(int given) {
        store = new FailingStore(store, given);

        assertThatThrownBy(() -> expand(slug.digest()))
                .isInstanceOf(StorageException.class)
                .hasStackTraceContaining("the disk is broken");
        assertThat(target.getParent()).isEmptyDirectory();
    }

    /** Gives so many bytes of a slug, and then fails. */
    private record FailingStore(SlugStore store, int given) implements SlugStore {
        @Override
        public InputStream open(SlugDigest digest) {
            return new FilterInputStream(store.open(digest)) {
                private int left = given;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (left == 0) {
                        throw new IOException("the disk is broken");
                    }
                    int read = super.read(buffer, offset, Math.min(left, length));
                    left -= read;
                    return read;
                }
            };
        }

        @Override
        public SlugUpload upload() {
            return store.upload();
        }

        @Override
        public boolean contains(SlugDigest digest) {
            return store.contains(digest);
        }

        @Override
        public List<SlugDigest> list() {
            return store.list();
        }

        @Override
        public boolean delete(SlugDigest digest) {
            return store.delete(digest);
        }
    }

    @Test
    void refusesASlugThatIsNotInTheStore() {
        SlugDigest unknown = new SlugDigest("0".repeat(64));

        assertThatThrownBy(() -> expand(unknown))
                .isInstanceOf(SlugNotFoundException.class)
                .hasMessageContaining(unknown.toString());
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void refusesTheArchiveOfAnotherTreeAndNamesBothDigests() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Slug otherSlug = SlugPacker.into(store).pack(other, List.of());
        Files.copy(
                archive().resolveSibling(otherSlug.digest().hex() + ".slug"),
                archive(),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> expand(slug.digest()))
                .isInstanceOfSatisfying(SlugChecksumException.class, e -> {
                    assertThat(e.expected()).isEqualTo(slug.digest());
                    assertThat(e.actual()).isEqualTo(otherSlug.digest());
                })
                .hasMessage("slug checksum: SHA256:%s (expected: SHA256:%s)"
                        .formatted(otherSlug.digest().hex(), slug.digest().hex()));
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7, 0.95})
    void refusesAnArchiveThatIsCutOff(double kept) throws IOException {
        byte[] whole = Files.readAllBytes(archive());
        Files.write(archive(), Arrays.copyOf(whole, (int) (kept * whole.length)));

        assertThatThrownBy(() -> expand(slug.digest())).isInstanceOf(SlugChecksumException.class);
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void neverExpandsAnArchiveWithAFlippedBitToSomethingElse() throws IOException {
        byte[] whole = Files.readAllBytes(archive());
        for (int at = 0; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            Files.write(archive(), damaged);
            try {
                expand(slug.digest());
                // A bit that gzip does not care about, for example in its header.
                assertThat(SlugPacker.into(FileSlugStore.at(directory.resolve("check")))
                                .pack(target, List.of())
                                .digest())
                        .isEqualTo(slug.digest());
                FileTree.delete(target);
            } catch (SlugChecksumException e) {
                assertThat(target.getParent()).as("bit at %d", at).isEmptyDirectory();
            }
        }
    }

    @Test
    void refusesATargetThatHoldsSomething() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("precious"), "kept");

        assertThatThrownBy(() -> expand(slug.digest())).isInstanceOf(StorageException.class);
        assertThat(target.resolve("precious")).hasContent("kept");
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**/.*");
    }
}
