package io.procmodel.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugChecksumException;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugManifest;
import io.procmodel.slug.SlugPacker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZstdCompressionTest {
    private static final List<ProcessType> WEB = List.of(new ProcessType("web", "serve"));

    @TempDir
    Path directory;

    private FileSlugStore plain;
    private FileSlugStore zstd;

    @BeforeEach
    void makeTree() throws IOException {
        plain = FileSlugStore.at(directory.resolve("slugs"));
        zstd = plain.compressedBy(ZstdCompression.create().threads(2));
        Files.createDirectories(directory.resolve("app/lib"));
        Files.writeString(directory.resolve("app/lib/text.txt"), "all work and no play\n".repeat(100_000));
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(directory.resolve("app/noise"), noise);
    }

    private Slug pack(FileSlugStore store) {
        return SlugPacker.into(store).pack(directory.resolve("app"), WEB);
    }

    @Test
    void theSlugIsTheSameAsWithGzip() {
        Slug gzip = pack(plain);
        Slug other = pack(zstd);

        assertThat(other.digest()).isEqualTo(gzip.digest());
        assertThat(plain.list()).containsExactly(gzip.digest());
    }

    @Test
    void aSlugIsReadBackFileByFile() {
        Slug slug = pack(zstd);

        SlugExpander.of(zstd).expand(slug.digest(), directory.resolve("expanded"));

        assertThat(directory.resolve("expanded/lib/text.txt"))
                .hasSameBinaryContentAs(directory.resolve("app/lib/text.txt"));
        assertThat(directory.resolve("expanded/noise")).hasSameBinaryContentAs(directory.resolve("app/noise"));
        assertThat(SlugManifest.read(zstd, slug.digest()).files()).hasSize(3);
    }

    @Test
    void aStoreWithZstdReadsTheGzipSlugsThatItHas() {
        Slug slug = pack(plain);

        SlugExpander.of(zstd).expand(slug.digest(), directory.resolve("expanded"));

        assertThat(directory.resolve("expanded/noise")).exists();
    }

    @Test
    void aStoreWithoutItSaysWhyItCannotReadTheSlug() {
        Slug slug = pack(zstd);

        assertThatThrownBy(() -> SlugExpander.of(plain).expand(slug.digest(), directory.resolve("expanded")))
                .isInstanceOf(SlugChecksumException.class)
                .rootCause()
                .hasMessageContaining("not compressed with gzip");
        assertThat(directory.resolve("expanded")).doesNotExist();
    }

    @Test
    void aDamagedSlugIsRefused() throws IOException {
        Slug slug = pack(zstd);
        Path file = directory.resolve("slugs/sha256/" + slug.digest().hex() + ".slug");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> SlugExpander.of(zstd).expand(slug.digest(), directory.resolve("expanded")))
                .isInstanceOf(SlugChecksumException.class);
        assertThat(directory.resolve("expanded")).doesNotExist();
    }

    @Test
    void theBytesDoNotDependOnTheThreads() throws IOException {
        byte[] content = Files.readAllBytes(directory.resolve("app/noise"));

        assertThat(compressed(content, 1)).isEqualTo(compressed(content, 3));
    }

    private static byte[] compressed(byte[] content, int threads) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (OutputStream zstd = ZstdCompression.create().threads(threads).compress(archive)) {
            zstd.write(content);
        }
        return archive.toByteArray();
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> ZstdCompression.create().level(23))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("23");
        assertThatThrownBy(() -> ZstdCompression.create().threads(0)).isInstanceOf(InvalidValueException.class);
    }
}
