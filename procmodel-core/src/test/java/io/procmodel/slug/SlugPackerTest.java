package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.file.FileTree;
import io.procmodel.procfile.ProcessType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class SlugPackerTest {
    private static final List<ProcessType> WEB = List.of(new ProcessType("web", "bin/web"));

    @TempDir
    Path directory;

    private SlugStore store;
    private Path tree;

    @BeforeEach
    void openStore() throws IOException {
        store = FileSlugStore.at(directory.resolve("slugs"));
        tree = Files.createDirectory(directory.resolve("tree"));
    }

    @AfterEach
    void removeLinksThatLeave() throws IOException {
        FileTree.delete(tree);
    }

    private Slug pack(Path root) {
        return SlugPacker.into(store).pack(root, WEB);
    }

    @Test
    void packsTheSameTreeToTheSameDigestWhateverItsOrderTimesPlaceAndDirectoryModes() {
        Slug first = pack(new SampleTree().writeTo(directory.resolve("one")));
        for (int seed = 1; seed <= 5; seed++) {
            Path copy = directory.resolve("deeper/copy-" + seed);
            Slug again =
                    pack(new SampleTree().writeTo(copy, new Random(seed), seed % 2 == 0 ? "rwx------" : "rwxrwxrwx"));
            assertThat(again).isEqualTo(first);
        }
        assertThat(store.list()).containsExactly(first.digest());
    }

    /** The canonical form is forever: this digest may only change together with the identity of every stored slug. */
    @Test
    void keepsTheDigestOfTheCanonicalFormForGood() {
        Slug slug = pack(new SampleTree().writeTo(directory.resolve("sample")));

        assertThat(slug.digest())
                .hasToString("sha256:650960dcded8561bb4d64e8f0a308e6a4da13efd5bfd28bd2f3569bd7fed6b1c");
    }

    @Test
    void saysHowLargeArchiveAndContentAre() throws IOException {
        Files.write(tree.resolve("zeros"), new byte[100_000]);
        Files.write(tree.resolve("ones"), new byte[] {1, 1, 1});

        Slug slug = pack(tree);

        assertThat(slug.unpackedBytes()).isEqualTo(100_003);
        assertThat(slug.archiveBytes()).isPositive().isLessThan(1_000);
        assertThat(slug.processTypes()).isEqualTo(WEB);
    }

    @ParameterizedTest
    @CsvSource({
        "bin/web, rw-r--r--",
        "Procfile, rwxr-xr-x",
    })
    void givesAnotherDigestWhenTheExecutableBitChanges(String path, String mode) throws IOException {
        new SampleTree().writeTo(tree);
        Slug before = pack(tree);
        Files.setPosixFilePermissions(tree.resolve(path), PosixFilePermissions.fromString(mode));

        assertThat(pack(tree).digest()).isNotEqualTo(before.digest());
    }

    @Test
    void keepsTheEmptyTree() {
        assertThat(pack(tree).unpackedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "link,      /etc/passwd",
        "link,      /",
        "link,      ..",
        "link,      ../tree/inside",
        "sub/link,  ../../outside",
        "sub/link,  ./.././../outside",
        "link,      sub/../../outside",
        "link,      missing/../../outside",
        "link,      hop/..",
        "link,      hop/../../x",
        "link,      deep/hop2/../..",
    })
    void refusesALinkThatLeavesTheTreeAndNamesIt(String link, String target) throws IOException {
        Files.createDirectories(tree.resolve("sub/inner"));
        Files.createDirectories(tree.resolve("deep"));
        Files.createSymbolicLink(tree.resolve("hop"), Path.of("."));
        Files.createSymbolicLink(tree.resolve("deep/hop2"), Path.of("../sub"));
        Files.createSymbolicLink(tree.resolve(link), Path.of(target));

        assertThatThrownBy(() -> pack(tree))
                .isInstanceOf(SlugEntryException.class)
                .hasMessageStartingWith(link + ": symbolic link to " + Path.of(target) + " leaves the tree");
        assertThat(store.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "link,      sub",
        "link,      .",
        "link,      sub/../sub/inner",
        "sub/link,  ..",
        "sub/link,  ../sub/inner/../..",
        "link,      link",
        "link,      missing/file",
        "link,      deep/hop2/inner",
    })
    void keepsALinkThatStaysInside(String link, String target) throws IOException {
        Files.createDirectories(tree.resolve("sub/inner"));
        Files.createDirectories(tree.resolve("deep"));
        Files.createSymbolicLink(tree.resolve("deep/hop2"), Path.of("../sub"));
        Files.createSymbolicLink(tree.resolve(link), Path.of(target));

        SlugExpander.of(store).expand(pack(tree).digest(), directory.resolve("out"));

        assertThat(Files.readSymbolicLink(directory.resolve("out").resolve(link)))
                .isEqualTo(Path.of(target));
    }

    @Test
    void refusesAPipeAndNamesIt() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> pack(tree))
                .isInstanceOf(SlugEntryException.class)
                .hasMessage("pipe: is a pipe, device or socket (expected: a file, a directory or a symbolic link)");
    }

    @Test
    void refusesANameThatIsNotUtf8() throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "touch \"$(printf 'caf\\351')\"")
                        .directory(tree.toFile())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> pack(tree))
                .isInstanceOf(SlugEntryException.class)
                .hasMessageContaining("is not UTF-8");
    }

    /** BLD-6. */
    @Test
    void refusesAFileOverTheLimitAndNamesTheLargest() throws IOException {
        byte[] noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.write(tree.resolve("small"), new byte[3]);

        assertThatThrownBy(() -> SlugPacker.into(store).limitedTo(4_000).pack(tree, WEB))
                .isInstanceOfSatisfying(
                        SlugTooLargeException.class,
                        e -> assertThat(e.largestFiles()).containsExactly("noise (5000)", "small (3)"));
        assertThat(store.list()).isEmpty();
        assertThat(directory.resolve("slugs/incoming")).isEmptyDirectory();
    }

    /** BLD-9. */
    @Test
    void makesCopiesOfHardLinks() throws IOException {
        Files.writeString(tree.resolve("a"), "same");
        Files.writeString(tree.resolve("b"), "same");
        Slug copies = pack(tree);
        Files.delete(tree.resolve("b"));
        Files.createLink(tree.resolve("b"), tree.resolve("a"));

        assertThat(pack(tree)).isEqualTo(copies);
    }
}
