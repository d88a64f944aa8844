package io.procmodel.benchmarks;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import io.procmodel.procfile.ProcessType;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.runtime.local.LocalRuntime;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugPacker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What a dyno costs beyond a bare {@link ProcessBuilder}, in turn: how many a second are started and have ended, from one
 * thread and from four; and how long a dyno takes that gets 10,000 files by overlay, beside {@code cp -a} of them.
 */
public final class LaunchBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int LAUNCHES = Integer.getInteger("launches", 30);
    private static final int FILES = Integer.getInteger("files", 10_000);
    private static final int FILE_BYTES = 13_000;
    private static final String COMMAND = "exec true";

    private final Path directory;
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    private LaunchBenchmark(Path directory) {
        this.directory = directory;
    }

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        LaunchBenchmark benchmark = new LaunchBenchmark(Files.createTempDirectory("procmodel-launch"));
        FileSlugStore slugs = FileSlugStore.at(benchmark.directory.resolve("slugs"));
        try (LocalRuntime none = benchmark.open("none", slugs, Isolation.NONE);
                LocalRuntime sandbox = benchmark.open("sandbox", slugs, Isolation.SANDBOX)) {
            System.out.println("NONE: " + none.capabilities());
            System.out.println("SANDBOX: " + sandbox.capabilities());
            benchmark.rates(none, sandbox);
            benchmark.files(none, sandbox, slugs);
        }
    }

    private LocalRuntime open(String name, FileSlugStore slugs, Isolation isolation) {
        return LocalRuntime.builder(directory.resolve(name), slugs)
                .isolation(isolation)
                .open();
    }

    private void rates(LocalRuntime none, LocalRuntime sandbox) throws InterruptedException {
        DynoFiles here = new DynoFiles.InPlace(directory);
        for (int round = -1; round < ROUNDS; round++) {
            for (int threads : new int[] {1, 4}) {
                String suffix = ", " + threads + (threads == 1 ? " thread" : " threads");
                note(round, "ProcessBuilder, true" + suffix, rate(threads, () -> bare("true")));
                note(round, "ProcessBuilder, bash -c" + suffix, rate(threads, () -> bare("bash", "-c", COMMAND)));
                note(round, "dyno, NONE" + suffix, rate(threads, () -> dyno(none, here)));
                note(round, "dyno, SANDBOX" + suffix, rate(threads, () -> dyno(sandbox, here)));
            }
        }
        figures.forEach((name, rates) -> System.out.printf(Locale.ROOT, "%s: %.0f/s%n", name, median(rates)));
        for (String threads : new String[] {", 1 thread", ", 4 threads"}) {
            for (String bare : new String[] {"ProcessBuilder, true", "ProcessBuilder, bash -c"}) {
                for (String dyno : new String[] {"dyno, NONE", "dyno, SANDBOX"}) {
                    double ratio = median(figures.get(dyno + threads)) / median(figures.get(bare + threads));
                    System.out.printf(Locale.ROOT, "%s / %s%s: %.2f (bar: 0.4)%n", dyno, bare, threads, ratio);
                }
            }
        }
        figures.clear();
    }

    private void files(LocalRuntime none, LocalRuntime sandbox, FileSlugStore slugs) throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        byte[] content = new byte[FILE_BYTES];
        Random random = new Random(1);
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(content);
            Files.write(Files.createDirectories(tree.resolve("d" + i % 100)).resolve("f" + i), content);
        }
        SlugDigest digest = SlugPacker.into(slugs)
                .pack(tree, List.of(new ProcessType("worker", "true")))
                .digest();
        DynoFiles copy = new DynoFiles.FreshCopy(digest);
        DynoFiles here = new DynoFiles.InPlace(directory);
        for (int round = -1; round < ROUNDS; round++) {
            Path target = directory.resolve("copy-" + round);
            note(round, "cp -a", millis(() -> bare("cp", "-a", tree.toString(), target.toString())));
            bare("rm", "-rf", target.toString());
            for (Map.Entry<String, LocalRuntime> runtime :
                    Map.of("NONE", none, "SANDBOX", sandbox).entrySet()) {
                note(round, runtime.getKey() + ", in place", millis(() -> dyno(runtime.getValue(), here)));
                note(round, runtime.getKey() + ", overlay", millis(() -> dyno(runtime.getValue(), copy)));
            }
        }
        figures.forEach((name, millis) -> System.out.printf(Locale.ROOT, "%s: %.1f ms%n", name, median(millis)));
        for (String isolation : new String[] {"NONE", "SANDBOX"}) {
            double more = median(figures.get(isolation + ", overlay")) - median(figures.get(isolation + ", in place"));
            System.out.printf(
                    Locale.ROOT,
                    "files by overlay, %s: %.1f ms more than none, %.4f of cp -a (bar: 0.03)%n",
                    isolation,
                    more,
                    more / median(figures.get("cp -a")));
        }
        bare("rm", "-rf", tree.toString());
    }

    private void note(int round, String name, double figure) {
        if (round >= 0) {
            figures.computeIfAbsent(name, ignored -> new ArrayList<>()).add(figure);
        }
    }

    private static double rate(int threads, Runnable launch) throws InterruptedException {
        ExecutorService spawners = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        for (int i = 0; i < LAUNCHES; i++) {
            spawners.execute(launch);
        }
        spawners.shutdown();
        if (!spawners.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("still launching");
        }
        return LAUNCHES * 1e9 / (System.nanoTime() - start);
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void bare(String... command) {
        try {
            if (new ProcessBuilder(command).start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void dyno(LocalRuntime runtime, DynoFiles files) {
        CountDownLatch ended = new CountDownLatch(1);
        runtime.start(DynoSpec.of(AppName.of("bench"), DynoName.parse("w.1"), files, COMMAND), new DynoObserver() {
            @Override
            public void started(RunningDyno dyno) {
                // Its end is waited for.
            }

            @Override
            public void listening() {
                // It has no port.
            }

            @Override
            public void exited(Exit exit) {
                ended.countDown();
            }
        });
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
