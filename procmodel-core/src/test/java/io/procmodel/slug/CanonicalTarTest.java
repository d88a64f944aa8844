package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.slug.TreeEntry.RegularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTarTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 11, 1000, 200_000})
    void refusesAFileThatChangedItsSizeSinceItWasListed(long listedSize) throws IOException {
        Path file = Files.write(directory.resolve("log"), new byte[10]);
        RegularFile stale = new RegularFile("log", file, listedSize, false);

        assertThatThrownBy(() -> new CanonicalTar(OutputStream.nullOutputStream()).add(stale))
                .isInstanceOf(SlugEntryException.class)
                .hasMessageStartingWith("log: changed its size while it was read");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesALinkThatHasTakenThePlaceOfAFile() throws IOException {
        Path secret = Files.write(directory.resolve("secret"), new byte[10]);
        Path link = Files.createSymbolicLink(directory.resolve("link"), secret);

        assertThatThrownBy(() ->
                        new CanonicalTar(OutputStream.nullOutputStream()).add(new RegularFile("link", link, 10, false)))
                .isInstanceOf(SlugEntryException.class)
                .hasMessageStartingWith("link: cannot be read");
    }

    @Test
    void refusesAFileThatVanishedSinceItWasListed() {
        RegularFile gone = new RegularFile("gone", directory.resolve("gone"), 1, false);

        assertThatThrownBy(() -> new CanonicalTar(OutputStream.nullOutputStream()).add(gone))
                .isInstanceOf(SlugEntryException.class)
                .hasMessageStartingWith("gone: cannot be read");
    }
}
