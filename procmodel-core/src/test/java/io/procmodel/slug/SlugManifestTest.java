package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SlugManifestTest {
    @TempDir
    Path directory;

    private SlugStore store;
    private Path tree;

    @BeforeEach
    void writeTree() {
        store = FileSlugStore.at(directory.resolve("slugs"));
        tree = new SampleTree().writeTo(directory.resolve("tree"));
    }

    private SlugManifest manifest() {
        return SlugManifest.read(
                store, SlugPacker.into(store).pack(tree, List.of()).digest());
    }

    @Test
    void namesEverythingInTheSlug() {
        SlugManifest manifest = manifest();

        assertThat(manifest.files())
                .hasSize(18)
                .isSortedAccordingTo((a, b) -> a.path().compareTo(b.path()));
        assertThat(manifest.file("lib/a"))
                .contains(new SlugFile(
                        "lib/a",
                        SlugFile.Type.FILE,
                        false,
                        1,
                        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"));
        assertThat(manifest.file("bin/web").orElseThrow().executable()).isTrue();
        assertThat(manifest.file("lib/up")).contains(new SlugFile("lib/up", SlugFile.Type.LINK, false, 0, "../bin"));
        assertThat(manifest.file("empty")).contains(new SlugFile("empty", SlugFile.Type.DIRECTORY, false, 0, ""));
        assertThat(manifest.file(SampleTree.LONG_NAME)).isPresent();
        assertThat(manifest.file("missing")).isEmpty();
    }

    @Test
    void findsNoDifferenceInTheSameTree() {
        assertThat(manifest().diff(manifest()).isEmpty()).isTrue();
    }

    @Test
    void namesWhatIsAddedRemovedAndChanged() throws IOException {
        SlugManifest before = manifest();
        Files.writeString(tree.resolve("new"), "");
        Files.delete(tree.resolve("lib-b"));
        Files.writeString(tree.resolve("lib/a"), "b");
        Files.setPosixFilePermissions(tree.resolve("Procfile"), PosixFilePermissions.fromString("rwxr-xr-x"));

        SlugDiff diff = before.diff(manifest());

        assertThat(diff).hasToString("+ new\n- lib-b\n~ Procfile\n~ lib/a\n");
        assertThat(diff.changed().get(0).executable()).isTrue();
    }

    @Test
    void refusesAnArchiveThatIsNotTheSlug() throws IOException {
        Slug slug = SlugPacker.into(store).pack(tree, List.of());
        Files.writeString(
                directory.resolve("slugs/sha256").resolve(slug.digest().hex() + ".slug"), "damaged");

        assertThatThrownBy(() -> SlugManifest.read(store, slug.digest())).isInstanceOf(SlugChecksumException.class);
    }
}
