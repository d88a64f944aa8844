package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digest of a tree in JVMs with another locale, time zone and umask. */
@DisabledOnOs(OS.WINDOWS)
class SlugElsewhereIT {
    @TempDir
    Path directory;

    /** Packs a tree, expands the slug, packs that, and prints both digests. */
    static final class PackTwice {
        public static void main(String[] arguments) {
            SlugStore store = FileSlugStore.at(Path.of(arguments[0]));
            Slug first = SlugPacker.into(store).pack(Path.of(arguments[1]), List.of());
            SlugExpander.of(store).expand(first.digest(), Path.of(arguments[2]));
            Slug second = SlugPacker.into(store).pack(Path.of(arguments[2]), List.of());
            System.out.print(first.digest() + " " + second.digest());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C,          UTC,                 022",
        "POSIX,      America/New_York,    077",
        "C.UTF-8,    Asia/Kathmandu,      000",
        "tr_TR.UTF-8,Pacific/Kiritimati,  027",
    })
    void isTheSameInAnyLocaleTimeZoneAndUmask(String locale, String zone, String umask) throws Exception {
        Path tree = new SampleTree().writeTo(directory.resolve("tree"));
        Slug here =
                SlugPacker.into(FileSlugStore.at(directory.resolve("slugs"))).pack(tree, List.of());

        Process elsewhere = ChildJvm.start(
                PackTwice.class,
                Map.of("LC_ALL", locale, "TZ", zone),
                umask,
                directory.resolve("other-slugs").toString(),
                tree.toString(),
                directory.resolve("expanded").toString());
        String digests = new String(elsewhere.getInputStream().readAllBytes(), UTF_8);

        assertThat(elsewhere.waitFor()).isZero();
        assertThat(digests).isEqualTo(here.digest() + " " + here.digest());
        assertThat(namesIn(directory.resolve("expanded"))).isEqualTo(namesIn(tree));
    }

    private static List<String> namesIn(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            return paths.map(path -> tree.relativize(path).toString()).sorted().toList();
        }
    }
}
