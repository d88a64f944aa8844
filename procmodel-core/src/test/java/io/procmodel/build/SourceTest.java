package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.slug.ArchiveException;
import io.procmodel.slug.SlugEntryException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SourceTest {
    @TempDir
    Path directory;

    private final List<String> output = new ArrayList<>();
    private Path source;
    private Path target;

    @BeforeEach
    void createDirectories() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        target = Files.createDirectory(directory.resolve("target"));
    }

    private void fetch(Source from) {
        from.fetch(target, output::add);
    }

    private void write(String path, String content) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> fetched() throws IOException {
        try (var paths = Files.walk(target)) {
            return paths.filter(path -> !path.equals(target))
                    .map(path -> target.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void copiesADirectoryWithModesAndLinks() throws IOException {
        write("bin/run", "#!/bin/sh");
        Files.setPosixFilePermissions(source.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(source.resolve("run"), Path.of("bin/run"));
        Files.createDirectory(source.resolve("empty"));

        fetch(Source.directory(source));

        assertThat(fetched()).containsExactly("bin", "bin/run", "empty", "run");
        assertThat(Files.isExecutable(target.resolve("bin/run"))).isTrue();
        assertThat(Files.readSymbolicLink(target.resolve("run"))).isEqualTo(Path.of("bin/run"));
        assertThat(output).isEmpty();
    }

    /** BLD-1, BLD-3 and BLD-11: directories whole, and how many it were. */
    @Test
    void leavesOutRepositoriesAndWhatSlugignoreNames() throws IOException {
        write(".slugignore", "*.log\n/tmp\ntest/\n");
        write("a.log", "");
        write("tmp/deep/file", "");
        write("lib/tmp/kept", "");
        write("test/file", "");
        write(".git/config", "");
        write("vendor/.git", "gitdir: elsewhere");
        write("vendor/.github/kept", "");

        fetch(Source.directory(source));

        assertThat(fetched())
                .containsExactly(
                        ".slugignore",
                        "lib",
                        "lib/tmp",
                        "lib/tmp/kept",
                        "vendor",
                        "vendor/.github",
                        "vendor/.github/kept");
        assertThat(output).containsExactly("-----> Deleting 3 files matching .slugignore patterns.");
    }

    @Test
    void doesNotEvenReadWhatIsLeftOut() throws Exception {
        write(".slugignore", "tmp\n");
        Files.createDirectory(source.resolve("tmp"));
        makePipe(source.resolve("tmp/pipe"));

        fetch(Source.directory(source));

        assertThat(fetched()).containsExactly(".slugignore");
    }

    private static void makePipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void refusesAPipeAndNamesIt() throws Exception {
        Files.createDirectory(source.resolve("run"));
        makePipe(source.resolve("run/pipe"));

        assertThatThrownBy(() -> fetch(Source.directory(source)))
                .isInstanceOf(SlugEntryException.class)
                .hasMessageStartingWith("run/pipe: is a pipe, device or socket");
    }

    @Test
    void namesADirectoryThatDoesNotExist() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> fetch(Source.directory(missing)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.path()).isEqualTo(missing))
                .hasMessage("source directory: " + missing
                        + " does not exist (expected: a directory with the files of an app)");
    }

    @Test
    void namesAFileThatIsNoDirectory() throws IOException {
        write("file", "");

        assertThatThrownBy(() -> fetch(Source.directory(source.resolve("file"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("source/file is not a directory");
    }

    @Test
    void refusesToCopyADirectoryIntoItself() throws IOException {
        write("app", "");
        Path inside = Files.createDirectories(source.resolve("home/build"));

        assertThatThrownBy(() -> Source.directory(source).fetch(inside, output::add))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("holds the directory that it is built in");
    }

    @Test
    void copiesADirectoryIntoItselfIfThatPartIsLeftOut() throws IOException {
        write("app", "");
        write(".slugignore", "/home\n");
        Path inside = Files.createDirectories(source.resolve("home/build"));

        Source.directory(source).fetch(inside, output::add);

        assertThat(inside.resolve("app")).exists();
    }

    private Path archive(boolean gzip, String... files) throws IOException {
        Path archive = directory.resolve("archive");
        try (OutputStream file = Files.newOutputStream(archive);
                OutputStream out = gzip ? new GZIPOutputStream(file) : file;
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String name : files) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(name.endsWith("/") ? 0 : 1);
                tar.putArchiveEntry(entry);
                tar.write(new byte[name.endsWith("/") ? 0 : 1]);
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }

    @Test
    void unpacksATar() throws IOException {
        fetch(Source.archive(archive(false, "./", "./Procfile", "lib/a")));

        assertThat(fetched()).containsExactly("Procfile", "lib", "lib/a");
    }

    @Test
    void unpacksATarGzAndTakesASingleDirectoryForTheRoot() throws IOException {
        fetch(Source.archive(archive(true, "shop-1a2b/", "shop-1a2b/Procfile", "shop-1a2b/shop-1a2b/x")));

        assertThat(fetched()).containsExactly("Procfile", "shop-1a2b", "shop-1a2b/x");
    }

    @Test
    void namesAnArchiveThatDoesNotExistOrIsADirectory() {
        assertThatThrownBy(() -> fetch(Source.archive(directory.resolve("missing.tgz"))))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("missing.tgz does not exist");
        assertThatThrownBy(() -> fetch(Source.archive(source)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("source is not a file");
    }

    @Test
    void refusesAFileThatIsNoArchive() throws IOException {
        write("text", "this is no archive".repeat(100));

        assertThatThrownBy(() -> fetch(Source.archive(source.resolve("text"))))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("archive: damaged");
    }
}
