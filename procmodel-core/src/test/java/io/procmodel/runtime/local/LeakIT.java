package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import io.procmodel.procfile.ProcessType;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.ObservedDyno;
import io.procmodel.runtime.PortRequest;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugPacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * After many dynos, as many as {@code -Dprocmodel.cycles} says, everything is as it was after the first few: threads, file
 * descriptors, processes, mounts, files, heap.
 */
@EnabledOnOs(OS.LINUX)
class LeakIT {
    private static final int CYCLES = Integer.getInteger("procmodel.cycles", 24);
    private static final int AT_ONCE = 10;
    private static final long HEAP_TOLERANCE = 4L << 20;
    private static final int MANY = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void dynosLeaveNothingBehind(TestReporter reporter) throws Exception {
        FileSlugStore slugs = FileSlugStore.at(directory.resolve("slugs"));
        List<DynoFiles> files =
                List.of(new DynoFiles.FreshCopy(slug(slugs, 1)), new DynoFiles.FreshCopy(slug(slugs, MANY)));
        try (LocalRuntime runtime =
                LocalRuntime.builder(directory.resolve("run"), slugs).open()) {
            cycles(runtime, files, 4 * AT_ONCE);
            awaitQuiet();
            Map<String, Long> before = census();
            long heap = heapInUse();

            cycles(runtime, files, CYCLES);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(census())
                            .as("before: %s", before)
                            .allSatisfy((what, now) -> assertThat(now).as(what).isLessThanOrEqualTo(before.get(what))));
            long heapAfter = heapInUse();
            reporter.publishEntry(Map.of(
                    "cycles", "" + CYCLES,
                    "before and after", before.toString(),
                    "heap", (heap >> 10) + " KiB, then " + (heapAfter >> 10) + " KiB"));
            assertThat(heapAfter).isLessThan(heap + HEAP_TOLERANCE);
        }
        assertThat(directory.resolve("run")).doesNotExist();
    }

    private SlugDigest slug(FileSlugStore slugs, int count) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree-" + count));
        for (int i = 0; i < count; i++) {
            Files.writeString(tree.resolve("file-" + i), "x");
        }
        return SlugPacker.into(slugs)
                .pack(tree, List.of(new ProcessType("worker", "true")))
                .digest();
    }

    private static void cycles(LocalRuntime runtime, List<DynoFiles> files, int count) {
        for (int done = 0; done < count; done += AT_ONCE) {
            List<ObservedDyno> batch = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                ObservedDyno observed = new ObservedDyno();
                String command = i % 2 == 0 ? "echo x > new; (setsid sleep 1000 &); exit 1" : "sleep 1000";
                DynoSpec spec = DynoSpec.of(
                        AppName.of("shop"), DynoName.parse("worker." + (i + 1)), files.get(i / 2 % 2), command);
                runtime.start(spec.port(PortRequest.ANY).output(observed), observed);
                batch.add(observed);
            }
            batch.forEach(observed -> observed.dyno().kill());
            batch.forEach(ObservedDyno::awaitEnd);
        }
    }

    /** Until the last dynos have been cleaned up after: their ends are told before that. */
    private void awaitQuiet() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> count(directory.resolve("run/dynos")) == 0 && census().get("threads of dynos") == 0);
    }

    /** Less than before is no leak: what other tests in this JVM have left may go meanwhile. */
    private Map<String, Long> census() throws IOException {
        Map<String, Long> census = new TreeMap<>();
        census.put("threads of dynos", threads("procmodel-shop-"));
        census.put("file descriptors", count(Path.of("/proc/self/fd")));
        census.put("children", ProcessHandle.current().children().count());
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            census.put(
                    "mounts",
                    mounts.filter(mount -> mount.contains(directory.toString())).count());
        }
        for (String part : new String[] {"dynos", "pids", "slugs"}) {
            census.put(part, count(directory.resolve("run").resolve(part)));
        }
        return census;
    }

    /** The JDK keeps its own thread per child for a while when the child has ended. */
    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static long heapInUse() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
