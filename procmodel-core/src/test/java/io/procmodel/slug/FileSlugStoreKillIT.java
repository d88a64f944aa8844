package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Writers in other JVMs, killed at random instants; {@code -Dprocmodel.kills=200} for a longer run. */
@DisabledOnOs(OS.WINDOWS)
class FileSlugStoreKillIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 12);
    private static final int SURVIVOR = 0;

    @TempDir
    Path directory;

    private Path slugs;

    /** Packs ever new trees until its input ends, and prints the digest of each slug that is stored. */
    static final class Writer {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            SlugStore store = FileSlugStore.at(Path.of(arguments[0]));
            Path tree = Files.createDirectories(Path.of(arguments[1]));
            Random random = new Random(Long.parseLong(arguments[2]));
            byte[] noise = new byte[200_000];
            while (System.in.available() == 0) {
                random.nextBytes(noise);
                TimeUnit.MILLISECONDS.sleep(Long.parseLong(arguments[3]));
                Files.write(tree.resolve("noise"), noise);
                System.out.println(SlugPacker.into(store).pack(tree, List.of()).digest());
            }
        }
    }

    /** The survivor takes its time, so that a long run does not fill the disk. */
    private Process startWriter(int seed) throws IOException {
        return ChildJvm.start(
                Writer.class,
                Map.of(),
                "022",
                slugs.toString(),
                directory.resolve("tree-" + seed).toString(),
                String.valueOf(seed),
                seed == SURVIVOR ? "50" : "0");
    }

    private static List<String> restOf(Process writer) throws IOException {
        return new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))
                .lines()
                .toList();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void holdsWholeSlugsOnlyWhileOneWriterGoesOnAndOthersAreKilled() throws Exception {
        slugs = directory.resolve("slugs");
        Path log = directory.resolve("survivor.log");
        Random random = new Random(7);
        List<String> stored = new ArrayList<>();
        Process survivor = startWriter(SURVIVOR);
        Thread reader = new Thread(() -> copy(survivor, log));
        reader.start();
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                stored.addAll(storedByAWriterThatIsKilled(kill, random.nextInt(60)));
                FileSlugStore.at(slugs);
            }
            survivor.getOutputStream().write('\n');
            survivor.getOutputStream().close();
            assertThat(survivor.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(survivor.exitValue()).isZero();
            reader.join();
        } finally {
            survivor.destroyForcibly();
        }
        stored.addAll(Files.readAllLines(log));
        assertTheStoreIsWhole(stored);
    }

    private List<String> storedByAWriterThatIsKilled(int seed, int afterMillis) throws Exception {
        Process writer = startWriter(seed);
        BufferedReader output = new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8));
        String first;
        try {
            first = output.readLine();
            writer.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        } finally {
            // By its handle, because Process.destroyForcibly would close the output that is still to be read.
            writer.toHandle().destroyForcibly();
        }
        List<String> digests = new ArrayList<>(
                output.lines().filter(line -> line.length() == first.length()).toList());
        digests.add(first);
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return digests;
    }

    private static void copy(Process process, Path file) {
        try {
            Files.write(file, restOf(process));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertTheStoreIsWhole(List<String> stored) throws IOException {
        SlugStore store = FileSlugStore.at(slugs);
        List<SlugDigest> kept = store.list();
        assertThat(kept).extracting(SlugDigest::toString).containsAll(stored);
        assertThat(stored).hasSizeGreaterThan(KILLS);
        assertThat(slugs.resolve("incoming")).isEmptyDirectory();
        try (var files = Files.list(slugs.resolve("sha256"))) {
            assertThat(files).hasSize(kept.size());
        }
        for (SlugDigest digest : kept) {
            assertThat(SlugManifest.read(store, digest).files()).hasSize(1);
        }
    }
}
