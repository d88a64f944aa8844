package io.procmodel.benchmarks;

import io.procmodel.file.FileTree;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugPacker;
import io.procmodel.zstd.ZstdCompression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Packing, expanding and copying a tree of 10,000 files and 200 MB beside {@code tar} and {@code cp}, in turns; medians
 * of the rounds. A pack ends when the archive is durable, which {@code tar} does not wait for.
 *
 * <p>Run it with the directory to write to as its argument; the default is the directory for temporary files.
 */
public final class SlugBenchmark {
    private static final int FILES = 10_000;
    private static final int FILE_BYTES = 20_000;
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final List<ProcessType> WEB = List.of(new ProcessType("web", "serve"));

    private final Path directory;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private SlugBenchmark(Path directory) {
        this.directory = directory;
    }

    /** Something that is timed. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        Path parent = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
        SlugBenchmark benchmark = new SlugBenchmark(Files.createTempDirectory(parent, "slug-benchmark"));
        try {
            benchmark.run();
        } finally {
            FileTree.delete(benchmark.directory);
        }
    }

    private void run() throws Exception {
        Path tree = makeTree();
        FileSlugStore gzip = FileSlugStore.at(directory.resolve("gzip"));
        FileSlugStore zstd = FileSlugStore.at(directory.resolve("zstd")).compressedBy(ZstdCompression.create());
        Path gz = directory.resolve("tar.gz");
        Path zst = directory.resolve("tar.zst");
        Path out = directory.resolve("out");
        Slug slug = SlugPacker.into(gzip).pack(tree, WEB);
        Slug small = SlugPacker.into(zstd).pack(tree, WEB);
        for (int round = 0; round < ROUNDS; round++) {
            time("tar czf", () -> command("tar", "czf", gz.toString(), "-C", tree.toString(), "."));
            time("pack gzip", () -> SlugPacker.into(gzip).pack(tree, WEB));
            time("tar --zstd -cf", () -> command("tar", "--zstd", "-cf", zst.toString(), "-C", tree.toString(), "."));
            time("pack zstd", () -> SlugPacker.into(zstd).pack(tree, WEB));
            untar("tar xzf", gz, out);
            expand("expand gzip", gzip, slug, out);
            untar("tar --zstd -xf", zst, out);
            expand("expand zstd", zstd, small, out);
            time("cp -a", () -> command("cp", "-a", tree.toString(), out.toString()));
            FileTree.delete(out);
            time("fresh copy", () -> FileTree.copy(tree, out));
            FileTree.delete(out);
        }
        print(Files.size(gz), Files.size(zst), slug, small);
    }

    private void untar(String name, Path archive, Path out) throws IOException, InterruptedException {
        Files.createDirectory(out);
        time(name, () -> command("tar", "xf", archive.toString(), "-C", out.toString()));
        FileTree.delete(out);
    }

    private void expand(String name, FileSlugStore store, Slug slug, Path out)
            throws IOException, InterruptedException {
        time(name, () -> SlugExpander.of(store).expand(slug.digest(), out));
        FileTree.delete(out);
    }

    private void print(long gz, long zst, Slug gzip, Slug zstd) {
        seconds.forEach((name, all) -> System.out.printf("%-16s %6.2f s  %s%n", name, median(name), all));
        ratio("pack gzip", "tar czf");
        ratio("pack zstd", "tar --zstd -cf");
        ratio("expand gzip", "tar xzf");
        ratio("expand zstd", "tar --zstd -xf");
        ratio("fresh copy", "cp -a");
        System.out.printf(
                "sizes: gzip %.3f of tar's %,d bytes, zstd %.3f of tar's %,d bytes%n",
                (double) gzip.archiveBytes() / gz, gz, (double) zstd.archiveBytes() / zst, zst);
    }

    private void ratio(String ours, String theirs) {
        System.out.printf("%s / %s: %.2f%n", ours, theirs, median(ours) / median(theirs));
    }

    private double median(String name) {
        double[] sorted =
                seconds.get(name).stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void time(String name, Work work) throws IOException, InterruptedException {
        long start = System.nanoTime();
        work.run();
        double taken = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
        seconds.computeIfAbsent(name, ignored -> new ArrayList<>()).add(taken);
    }

    private static void command(String... words) throws IOException, InterruptedException {
        int status = new ProcessBuilder(words).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", words) + " ended with status " + status);
        }
    }

    /** Files as an app has them: most are text of words that repeat, one in ten cannot be compressed. */
    private Path makeTree() throws IOException {
        Path tree = directory.resolve("tree");
        Random random = new Random(1);
        byte[][] words = new byte[5_000][];
        for (int i = 0; i < words.length; i++) {
            words[i] = (Integer.toString(random.nextInt(1 << 30), 36) + ' ').getBytes(StandardCharsets.US_ASCII);
        }
        for (int i = 0; i < FILES; i++) {
            Path file = tree.resolve("node_modules/package-" + i % 500 + "/lib/file-" + i + ".js");
            Files.createDirectories(file.getParent());
            Files.write(file, i % 10 == 0 ? noise(random) : text(words, random));
        }
        return tree;
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[FILE_BYTES];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] text(byte[][] words, Random random) {
        byte[] text = new byte[FILE_BYTES];
        int filled = 0;
        while (filled < text.length) {
            // Squared, so that some words turn up much more often than others.
            double draw = random.nextDouble();
            byte[] word = words[(int) (draw * draw * words.length)];
            int length = Math.min(word.length, text.length - filled);
            System.arraycopy(word, 0, text, filled, length);
            filled += length;
        }
        return text;
    }
}
