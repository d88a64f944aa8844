package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisabledOnOs(OS.WINDOWS)
class ArchiveExtractorTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(50, 40L << 20, 100);

    @TempDir
    Path directory;

    private Path target;

    @BeforeEach
    void createTarget() throws IOException {
        target = Files.createDirectories(directory.resolve("outer/target"));
    }

    private void extract(byte[] archive) {
        new ArchiveExtractor(LIMITS).extract(new ByteArrayInputStream(archive), target);
    }

    static Stream<Arguments> hostileArchives() {
        return Stream.of(
                arguments("absolute file", tar().file("/escaped").bytes(), "is absolute"),
                arguments("absolute directory", tar().directory("/escaped/").bytes(), "is absolute"),
                arguments("double slash", tar().file("//escaped").bytes(), "is absolute"),
                arguments("parent", tar().file("../escaped").bytes(), "climbs up"),
                arguments("parent as directory", tar().directory("../").bytes(), "climbs up"),
                arguments("parent behind a dot", tar().file("./../escaped").bytes(), "climbs up"),
                arguments("parent in the middle", tar().file("a/../../escaped").bytes(), "climbs up"),
                arguments("parent that stays inside", tar().file("a/../b").bytes(), "climbs up"),
                arguments("parent at the end", tar().directory("a/..").bytes(), "climbs up"),
                arguments(
                        "parent in a long name",
                        tar().file("../" + "n".repeat(200)).bytes(),
                        "climbs up"),
                arguments(
                        "link to an absolute path",
                        tar().symbolicLink("a", "/etc").bytes(),
                        "leaves"),
                arguments("link to the parent", tar().symbolicLink("a", "..").bytes(), "leaves"),
                arguments(
                        "nested link out",
                        tar().symbolicLink("a/b/c", "../../../x").bytes(),
                        "leaves"),
                arguments(
                        "link with a long target out",
                        tar().symbolicLink("a", "../" + "n".repeat(200)).bytes(),
                        "leaves"),
                arguments(
                        "link out by way of a link",
                        tar().directory("d/e/")
                                .symbolicLink("d/up", "..")
                                .symbolicLink("a", "d/up/../x")
                                .bytes(),
                        "leaves"),
                arguments(
                        "link out by way of two links",
                        tar().symbolicLink("a", ".").symbolicLink("b", "a/a/..").bytes(),
                        "leaves"),
                arguments(
                        "file through a link out",
                        tar().symbolicLink("a", "..").file("a/escaped").bytes(),
                        "appears twice"),
                arguments(
                        "file through a link that stays",
                        tar().directory("d/").symbolicLink("a", "d").file("a/x").bytes(),
                        "appears twice"),
                arguments("link without a target", tar().symbolicLink("a", "").bytes(), "without a readable target"),
                arguments(
                        "link in the place of a file",
                        tar().file("a").symbolicLink("a", "b").bytes(),
                        "twice"),
                arguments(
                        "file in the place of a link",
                        tar().symbolicLink("a", "b").file("a").bytes(),
                        "twice"),
                arguments(
                        "link in the place of the root",
                        tar().symbolicLink(".", "a").bytes(),
                        "names no file"),
                arguments(
                        "hard link to an absolute path",
                        tar().hardLink("a", "/etc/passwd").bytes(),
                        "is absolute"),
                arguments("hard link to the parent", tar().hardLink("a", "../x").bytes(), "climbs up"),
                arguments("hard link to nothing", tar().hardLink("a", "b").bytes(), "an earlier file"),
                arguments("hard link to itself", tar().hardLink("a", "a").bytes(), "an earlier file"),
                arguments(
                        "hard link to a directory",
                        tar().directory("d/").hardLink("a", "d").bytes(),
                        "earlier file"),
                arguments(
                        "hard link to a link",
                        tar().symbolicLink("s", "f")
                                .file("f")
                                .hardLink("a", "s")
                                .bytes(),
                        "an earlier file"),
                arguments("pipe", tar().ofType('6', "a").bytes(), "is a pipe, a device"),
                arguments("character device", tar().ofType('3', "a").bytes(), "is a pipe, a device"),
                arguments("block device", tar().ofType('4', "a").bytes(), "is a pipe, a device"),
                arguments("unknown type", tar().ofType('Z', "a").bytes(), "unknown type 'Z'"),
                arguments("part of another volume", tar().ofType('M', "a").bytes(), "unknown type 'M'"),
                arguments("sparse file", tar().ofType('S', "a").bytes(), "sparse"),
                arguments("file twice", tar().file("a").file("a").bytes(), "appears twice"),
                arguments(
                        "file twice, once with a dot",
                        tar().file("a").file("./a").bytes(),
                        "appears twice"),
                arguments("file and directory", tar().file("a").directory("a/").bytes(), "appears twice"),
                arguments("directory and file", tar().directory("a/").file("a").bytes(), "appears twice"),
                arguments("file in a file", tar().file("a").file("a/b").bytes(), "appears twice"),
                arguments("file without a name", tar().file(".").bytes(), "names no file"),
                arguments(
                        "name too long for a disk", tar().file("n".repeat(256)).bytes(), "more than 255 bytes"),
                arguments("many entries", manyDirectories(51), "more than 50 entries"),
                arguments(
                        "many parents that are not listed",
                        tar().file("d/".repeat(50) + "f").bytes(),
                        "more than 50"),
                arguments(
                        "many bytes by hard links",
                        tar().file("a", new byte[15 << 20])
                                .hardLink("b", "a")
                                .hardLink("c", "a")
                                .bytes(),
                        "more than 41943040 bytes"),
                arguments(
                        "long name without end",
                        tar().header('L', new byte[2 << 20]).file("a").bytes(),
                        "more than 1048576 bytes of headers"),
                arguments(
                        "extended header without end",
                        tar().header('x', ("2097152 comment=" + "c".repeat(2 << 20)).getBytes(UTF_8))
                                .file("a")
                                .bytes(),
                        "more than 1048576 bytes of headers"),
                arguments(
                        "path too long for a system",
                        tar().file("d/".repeat(3_000) + "f").bytes(),
                        "4095 bytes"),
                arguments(
                        "target too long for a system",
                        tar().symbolicLink("a", "d/".repeat(3_000)).bytes(),
                        "4095 bytes"),
                arguments(
                        "link with a zero byte in its target",
                        tar().header('x', "16 linkpath=a\0b\n".getBytes(UTF_8))
                                .symbolicLink("a", "b")
                                .bytes(),
                        "without a readable target"),
                arguments("many bytes", tar().file("a", new byte[41 << 20]).bytes(), "more than 41943040 bytes"),
                arguments(
                        "high ratio",
                        TarBytes.gzip(tar().file("a", new byte[30 << 20]).bytes()),
                        "more than 100 bytes for each byte"),
                arguments("cut in a header", tar().file("a").cutTo(100), "damaged"),
                arguments("cut between entries", tar().file("a").file("b").cutTo(1024), "without the mark of its end"),
                arguments("empty file", new byte[0], "without the mark of its end"),
                arguments("cut in a file", tar().file("a", new byte[5_000]).cutTo(2_000), "damaged"),
                arguments(
                        "cut between blocks of a file",
                        tar().file("a", new byte[5_000]).cutTo(1024),
                        "damaged"),
                arguments("wrong checksum", wrongChecksum(), "damaged"),
                arguments("negative size", tar().file("a").patched(124, negativeSize()), "damaged"),
                arguments(
                        "size that is no number",
                        tar().file("a").patched(124, "99999999999".getBytes(UTF_8)),
                        "damaged"),
                arguments("no tar", "not a tar at all ".repeat(100).getBytes(UTF_8), "damaged"),
                arguments("gzip that is cut", cut(TarBytes.gzip(noise())), "damaged"),
                arguments("gzip header only", new byte[] {0x1f, (byte) 0x8b}, "damaged"),
                arguments(
                        "gzip of no tar", TarBytes.gzip("not a tar".repeat(200).getBytes(UTF_8)), "damaged"));
    }

    private static TarBytes tar() {
        return new TarBytes();
    }

    private static byte[] manyDirectories(int count) {
        TarBytes tar = tar();
        for (int i = 0; i < count; i++) {
            tar.directory("d" + i + "/");
        }
        return tar.bytes();
    }

    private static byte[] wrongChecksum() {
        byte[] archive = tar().file("a").bytes();
        archive[0] = 'b';
        return archive;
    }

    private static byte[] negativeSize() {
        byte[] size = new byte[12];
        Arrays.fill(size, (byte) 0xff);
        return size;
    }

    private static byte[] noise() {
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        return tar().file("a", noise).bytes();
    }

    private static byte[] cut(byte[] archive) {
        return Arrays.copyOf(archive, archive.length / 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileArchives")
    void refusesAHostileArchiveAndWritesNothingOutside(String kind, byte[] archive, String reason) throws IOException {
        assertThatThrownBy(() -> extract(archive))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(reason);

        assertThat(directory).isDirectoryContaining("glob:**/outer");
        try (var outside = Files.list(target.getParent())) {
            assertThat(outside).as(kind).containsExactly(target);
        }
        try (var inside = Files.walk(target)) {
            assertThat(inside).noneMatch(Files::isSymbolicLink);
        }
    }

    @Test
    void unpacksWhatWellMeaningToolsMake() throws IOException {
        extract(tar().directory("./")
                .directory("./lib/")
                .directory("lib/")
                .file("./lib/a", "one".getBytes(UTF_8))
                .hardLink("lib/b", "./lib/a")
                .symbolicLink("late/link", "../lib/a")
                .file("late/file")
                .file("no/parents/listed")
                .bytes());

        assertThat(target.resolve("lib/b")).hasContent("one");
        assertThat(target.resolve("late/link")).isSymbolicLink().hasContent("one");
        assertThat(target.resolve("no/parents/listed")).hasContent("x");
    }

    @Test
    void neverGivesAnAbsoluteNameInAnExtendedHeaderItsWay() {
        extract(tar().file(directory + "/" + "n".repeat(150)).bytes());

        assertThat(directory).isDirectoryNotContaining("glob:**/nnn*");
    }

    @Test
    void takesSmallFilesOfEqualBytesForNoBomb() {
        extract(TarBytes.gzip(tar().file("zeros", new byte[10 << 20]).bytes()));

        assertThat(target.resolve("zeros")).hasSize(10 << 20);
    }

    @Test
    void readsAByteThatIsNotUtf8AsAQuestionMark() {
        extract(tar().file("name").patched(0, "caf\u00e9".getBytes(ISO_8859_1)));

        assertThat(target.resolve("caf?")).hasContent("x");
    }

    @Test
    void readsAnEmptyArchive() {
        extract(tar().bytes());

        assertThat(target).isEmptyDirectory();
    }
}
