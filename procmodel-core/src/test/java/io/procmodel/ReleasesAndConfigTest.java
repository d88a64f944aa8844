package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogOrigin;
import io.procmodel.procfile.DotEnvException;
import io.procmodel.release.HostKey;
import io.procmodel.release.HostKeyException;
import io.procmodel.release.NoSuchReleaseException;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDiff;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The history and the config vars of an app through the public API; no dyno runs. */
@DisabledOnOs(OS.WINDOWS)
class ReleasesAndConfigTest {
    private static final String SECRET = "s3cr3t-value-that-is-encrypted";

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() {
        platform = builder().open();
        shop = platform.createApp("shop");
    }

    private PlatformBuilder builder() {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .user("ada")
                .addOnProvider(new SampleProvider().provider());
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private void reopen(PlatformBuilder builder) {
        platform.close();
        platform = builder.open();
        shop = platform.app("shop");
    }

    private static HostKey key(String id) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) id.hashCode());
        return HostKey.of(id, bytes);
    }

    /** REL-2, REL-3, REL-5, REL-10, REL-23 (its log lines), LOG-10, LOG-11. */
    @Test
    void everyChangeHasItsDescriptionAndItsTwoLines() throws IOException {
        shop.config().set(Map.of("A", "1"));
        Release deployed = shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: true\n"));
        shop.config().unset("A");
        shop.releases().rollback(3);

        assertThat(shop.releases().get(2).orElseThrow().config().asMap()).containsExactly(Map.entry("A", "1"));
        assertThat(shop.releases().get(4).orElseThrow().config().isEmpty()).isTrue();
        assertThat(shop.releases().list())
                .extracting(Release::description)
                .containsExactly(
                        "Rollback to v3",
                        "Remove A config vars",
                        deployed.description(),
                        "Set A config vars",
                        "Initial release");
        assertThat(log.of(LogOrigin.api()))
                .containsSubsequence(
                        "Initial release by user ada",
                        "Set A config vars by user ada",
                        "Release v2 created by user ada",
                        deployed.description() + " by user ada",
                        "Release v3 created by user ada",
                        "Remove A config vars by user ada",
                        "Release v4 created by user ada",
                        "Rollback to v3 by user ada",
                        "Release v5 created by user ada");
    }

    /** REL-3: what makes no release. REL-4, CFG-3. */
    @Test
    void whatChangesNothingOrIsNoReleaseMakesNone() throws IOException {
        shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: true\n"));
        shop.config().set(Map.of("A", "1", "B", "2"));
        int releases = shop.releases().list().size();

        assertThat(shop.config().set("A", "1").version()).isEqualTo(releases);
        shop.config().unset("MISSING");
        shop.config().update(Map.of("A", Optional.of("1"), "MISSING", Optional.empty()));
        shop.formation().resize("job", "Standard-2X");
        shop.dynos().restart();
        assertThat(shop.releases().list()).hasSize(releases);
        assertThat(releases).isEqualTo(3);
    }

    /** CFG-4, CFG-5: a map with removals, an empty string is a value, unknown keys stay, one release. */
    @Test
    void oneCallSetsAndRemoves() {
        shop.config().set(Map.of("KEEP", "x", "GONE", "y"));
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        changes.put("NEW", Optional.of("two\nlines"));
        changes.put("EMPTY", Optional.of(""));
        changes.put("GONE", Optional.empty());
        Release release = shop.config().update(changes);

        assertThat(release.version()).isEqualTo(3);
        assertThat(release.description()).isEqualTo("Set NEW, EMPTY, remove GONE config vars");
        assertThat(shop.config().vars().asMap())
                .containsExactly(Map.entry("KEEP", "x"), Map.entry("NEW", "two\nlines"), Map.entry("EMPTY", ""));
    }

    /** CFG-10. */
    @Test
    void dotEnvGoesInWithOneReleaseAndComesOut() {
        Release release = shop.config().importDotEnv("# of staging\nexport A=1\nB='two words' # here\nC=\"x\\ny\"\n");

        assertThat(release.version()).isEqualTo(2);
        assertThat(shop.config().exportDotEnv()).isEqualTo("A=1\nB=\"two words\"\nC=\"x\\ny\"\n");
        assertThatThrownBy(() -> shop.config().importDotEnv("D=1\n= 2\n")).isInstanceOf(DotEnvException.class);
        assertThatThrownBy(() -> shop.config().importDotEnv("D=1\nnot-a-key=2\n"))
                .isInstanceOf(InvalidValueException.class);
        assertThat(shop.releases().list()).hasSize(2);
    }

    /** REL-28. */
    @Test
    void aVersionMayBeWrittenInThreeWays() {
        assertThat(Stream.of("v1", "V1", "1"))
                .allSatisfy(text -> assertThat(shop.releases().get(text))
                        .map(Release::version)
                        .contains(1));
        for (String wrong : List.of("", "v", "v0", "vv1", "-1", "1.0", "v9999999999", "latest")) {
            assertThatThrownBy(() -> shop.releases().get(wrong))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("\"" + wrong + "\"");
        }
        assertThat(shop.releases().get("v99")).isEmpty();
    }

    /** REL-25. */
    @Test
    void aReleaseSaysWhetherItCanBeRolledBackTo() throws IOException {
        Release deployed = shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: true\n"));

        assertThat(deployed.isEligibleForRollback()).isTrue();
        assertThat(shop.releases().get(1).orElseThrow().isEligibleForRollback()).isFalse();
    }

    @Test
    void releasesAreComparedByFilesKeysAddOnsAndProcessTypes() throws IOException {
        Path source = directory.resolve("source");
        Files.createDirectories(source);
        Files.writeString(source.resolve("old.txt"), "x");
        shop.deploy(SampleSources.procfile(source, "job: true\nold: true\n"));
        Files.delete(source.resolve("old.txt"));
        Files.writeString(source.resolve("new.txt"), "x");
        shop.config().set("TOKEN", SECRET);
        shop.addOns().add("redistogo");
        shop.deploy(SampleSources.procfile(source, "job: false\nnew: true\n"));
        ReleaseDiff diff = shop.releases().diff(2, 5);

        assertThat(diff.files().orElseThrow().added()).extracting(f -> f.path()).contains("new.txt");
        assertThat(diff.files().orElseThrow().removed())
                .extracting(f -> f.path())
                .contains("old.txt");
        assertThat(diff.files().orElseThrow().changed())
                .extracting(f -> f.path())
                .containsExactly("Procfile");
        assertThat(diff.config().added()).containsExactly("TOKEN", "REDISTOGO_URL");
        assertThat(diff.attached()).extracting(a -> a.name()).containsExactly("REDISTOGO");
        assertThat(diff.newTypes()).extracting(t -> t.name()).containsExactly("new");
        assertThat(diff.goneTypes()).extracting(t -> t.name()).containsExactly("old");
        assertThat(diff.changedTypes()).extracting(t -> t.name()).containsExactly("job");
        assertThat(diff.toString())
                .startsWith("v2 to v5\n")
                .contains("+ config TOKEN\n", "+ add-on REDISTOGO (redistogo:nano)\n", "- process old\n", "- old.txt")
                .doesNotContain(SECRET);
        assertThat(shop.releases().diff(5, 5).isEmpty()).isTrue();
        assertThat(shop.releases().diff(1, 2).files().orElseThrow().added()).isNotEmpty();
        assertThatThrownBy(() -> shop.releases().diff(1, 6))
                .isInstanceOf(NoSuchReleaseException.class)
                .hasMessageContaining("v6");
    }

    /** Encryption at rest from the builder on, rotation, and no way back without the key. */
    @Test
    void aHostKeyEncryptsEverythingThatIsStored() throws IOException {
        reopen(builder().hostKey(key("one")));
        shop.config().set("TOKEN", SECRET);
        shop.addOns().add("redistogo");
        assertThat(filesWith(SECRET)).isEmpty();
        assertThat(filesWith("redis://shop")).isEmpty();

        reopen(builder().hostKey(key("two"), key("one")));
        assertThat(shop.config().vars().asMap()).containsEntry("TOKEN", SECRET);
        shop.config().set("OTHER", SECRET);
        shop.addOns().add("redistogo");
        reopen(builder().hostKey(key("two")));
        assertThat(shop.config().vars().asMap()).containsEntry("OTHER", SECRET);
        assertThat(platform.addOns().list()).hasSize(2);
        assertThat(shop.releases().verify().isIntact()).isTrue();
        assertThat(filesWith(SECRET)).isEmpty();
        platform.close();
        assertThatThrownBy(() -> builder().hostKey(key("three")).open())
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("two");
        platform = builder().hostKey(key("two")).open();
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    /** Whatever the umask: files 0600, directories 0700. */
    @Test
    void nobodyElseCanReadWhatIsStored() throws IOException {
        shop.config().set("TOKEN", SECRET);
        shop.addOns().add("redistogo");
        shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: true\n"));
        Set<PosixFilePermission> others = Set.of(
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE,
                PosixFilePermission.OTHERS_EXECUTE);
        try (Stream<Path> files = Files.walk(directory.resolve("home/apps"))) {
            assertThat(files)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).doesNotContainAnyElementsOf(others));
        }
    }
}
