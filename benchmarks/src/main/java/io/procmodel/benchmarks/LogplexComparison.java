package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Drain;
import io.procmodel.logplex.DrainOptions;
import io.procmodel.logplex.LogListener;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.LossNotice;
import io.procmodel.logplex.Tail;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The bars of logplex against their baselines, in turn within one run, medians: lines per second from pipes into one stream
 * against {@code wc -l} and an epoll reader in C (compiled when {@code cc} is there), latency and memory with many dynos, a
 * syslog drain, and drains beside one that is stuck. The generator is C as well. Prints tables.
 */
public final class LogplexComparison {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final AppName SHOP = AppName.of("shop");
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;

    private static final String GENERATOR = """
            #include <stdlib.h>
            #include <string.h>
            #include <unistd.h>
            int main(int argc, char **argv) {
              long n = atol(argv[1]); int block = argv[2][0] == 'b'; static char buf[65536]; char line[100];
              memset(line, 'x', 99); line[99] = '\\n';
              if (!block) { for (long i = 0; i < n; i++) write(1, line, 100); return 0; }
              for (int i = 0; i + 100 <= 65500; i += 100) memcpy(buf + i, line, 100);
              for (long left = n; left > 0;) {
                long now = left < 655 ? left : 655; char *at = buf; long size = now * 100;
                while (size > 0) { long w = write(1, at, size); if (w <= 0) return 1; at += w; size -= w; }
                left -= now;
              }
              return 0;
            }
            """;

    private static final String EPOLL = """
            #include <fcntl.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/epoll.h>
            #include <unistd.h>
            int main(int argc, char **argv) {
              int e = epoll_create1(0), open_count = argc - 1; static char buf[65536]; long lines = 0;
              for (int i = 1; i < argc; i++) { int fd = open(argv[i], O_RDONLY); struct epoll_event ev = {EPOLLIN, {.fd = fd}};
                epoll_ctl(e, EPOLL_CTL_ADD, fd, &ev); }
              while (open_count > 0) { struct epoll_event ev[64]; int n = epoll_wait(e, ev, 64, -1);
                for (int i = 0; i < n; i++) { long r = read(ev[i].data.fd, buf, sizeof buf);
                  if (r <= 0) { epoll_ctl(e, EPOLL_CTL_DEL, ev[i].data.fd, 0); close(ev[i].data.fd); open_count--; continue; }
                  for (char *at = buf; (at = memchr(at, '\\n', buf + r - at)); at++) lines++; } }
              printf("%ld\\n", lines); return 0;
            }
            """;

    private final Path directory;

    private LogplexComparison(Path directory) {
        this.directory = directory;
    }

    /** Something that reads all pipes and says how many lines it saw. */
    private interface Reader {
        long read(List<Path> pipes) throws IOException, InterruptedException;
    }

    /**
     * Runs the comparison.
     *
     * @param args which parts: {@code pipes}, {@code latency}, {@code many}, {@code syslog}, {@code stuck}; all if none
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("procmodel-logplex");
        LogplexComparison comparison = new LogplexComparison(directory);
        List<String> parts = args.length == 0 ? List.of("pipes", "latency", "many", "syslog", "stuck") : List.of(args);
        if (parts.contains("pipes")) {
            comparison.pipes();
        }
        if (parts.contains("latency")) {
            comparison.latency("B6", 10, 1000, 10);
        }
        if (parts.contains("many")) {
            comparison.latency("B7", 1000, 10, 15);
        }
        if (parts.contains("syslog")) {
            comparison.syslog();
        }
        if (parts.contains("stuck")) {
            comparison.stuck();
        }
        run(List.of("rm", "-rf", directory.toString()));
    }

    private void pipes() throws IOException, InterruptedException {
        Path generator = compile("generator", GENERATOR);
        Path epoll = compile("epoll", EPOLL);
        System.out.println("| N | writes | wc -l | C epoll | logplex | logplex/wc | logplex/epoll | CPU s/M lines |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String mode : List.of("block", "line")) {
            for (int n : new int[] {1, 10, 100}) {
                long lines = (mode.equals("block") ? 10_000_000L : 1_000_000L) / n;
                List<Double> wc = new ArrayList<>();
                List<Double> c = new ArrayList<>();
                List<Double> ours = new ArrayList<>();
                List<Double> cpu = new ArrayList<>();
                for (int round = 0; round <= ROUNDS; round++) {
                    wc.add(rate(n, lines, mode, generator, LogplexComparison::wordCount));
                    c.add(rate(n, lines, mode, generator, pipes -> epoll(epoll, pipes)));
                    long cpuBefore = cpuNanos();
                    ours.add(rate(n, lines, mode, generator, LogplexComparison::logplex));
                    cpu.add((cpuNanos() - cpuBefore) / NANOS / (n * lines / MILLION));
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %s | %.2f M/s | %.2f M/s | %.2f M/s | %.2f | %.2f | %.3f |%n",
                        n,
                        mode,
                        median(wc),
                        median(c),
                        median(ours),
                        median(ours) / median(wc),
                        median(ours) / median(c),
                        median(cpu));
            }
        }
    }

    private double rate(int n, long lines, String mode, Path generator, Reader reader)
            throws IOException, InterruptedException {
        List<Path> pipes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            pipes.add(directory.resolve("pipe-" + i));
        }
        List<String> command = new ArrayList<>(List.of("mkfifo"));
        pipes.forEach(pipe -> command.add(pipe.toString()));
        run(command);
        List<Process> writers = new ArrayList<>();
        long start = System.nanoTime();
        for (Path pipe : pipes) {
            writers.add(writer(pipe, generator.toString(), String.valueOf(lines), mode));
        }
        long seen = reader.read(pipes);
        double seconds = (System.nanoTime() - start) / NANOS;
        for (Process writer : writers) {
            writer.waitFor();
        }
        for (Path pipe : pipes) {
            Files.delete(pipe);
        }
        if (seen != n * lines) {
            throw new IllegalStateException("lines: " + seen + " (expected: " + n * lines + ")");
        }
        return n * lines / seconds / MILLION;
    }

    /** A program that writes to a pipe; it waits by itself until somebody opens the other end. */
    private static Process writer(Path pipe, String... command) throws IOException {
        return new ProcessBuilder("sh", "-c", "exec " + String.join(" ", command) + " > " + pipe).start();
    }

    private static long wordCount(List<Path> pipes) throws IOException, InterruptedException {
        List<Process> counters = new ArrayList<>();
        for (Path pipe : pipes) {
            counters.add(new ProcessBuilder("sh", "-c", "exec wc -l < " + pipe).start());
        }
        long lines = 0;
        for (Process counter : counters) {
            lines += Long.parseLong(new String(counter.getInputStream().readAllBytes(), US_ASCII).strip());
            counter.waitFor();
        }
        return lines;
    }

    private static long epoll(Path program, List<Path> pipes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        pipes.forEach(pipe -> command.add(pipe.toString()));
        Process process = new ProcessBuilder(command).start();
        long lines = Long.parseLong(new String(process.getInputStream().readAllBytes(), US_ASCII).strip());
        process.waitFor();
        return lines;
    }

    private static long logplex(List<Path> pipes) throws IOException, InterruptedException {
        try (Logplex logplex = Logplex.create()) {
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < pipes.size(); i++) {
                Path pipe = pipes.get(i);
                LogSource source = logplex.open(SHOP, LogOrigin.app("web." + (i + 1)));
                Thread reader = new Thread(() -> pump(pipe, source));
                reader.start();
                readers.add(reader);
            }
            for (Thread reader : readers) {
                reader.join();
            }
            return logplex.channel(SHOP).stats().appended();
        }
    }

    private static void pump(Path pipe, LogSource source) {
        try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ);
                source) {
            ByteBuffer buffer = source.buffer(16 * 1024);
            while (channel.read(buffer) >= 0) {
                source.write(buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Line to tail, with writers that put the time into each line. */
    private void latency(String bar, int dynos, int perSecond, int seconds) throws IOException, InterruptedException {
        Path program = compile("ticker", """
                #include <stdio.h>
                #include <stdlib.h>
                #include <time.h>
                #include <unistd.h>
                int main(int argc, char **argv) {
                  long pause = 1000000000L / atol(argv[1]), n = atol(argv[2]); setvbuf(stdout, 0, _IOLBF, 0);
                  usleep(atol(argv[3]));
                  for (long i = 0; i < n; i++) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t);
                    printf("%lld\\n", t.tv_sec * 1000000000LL + t.tv_nsec); struct timespec p = {0, pause}; nanosleep(&p, 0); }
                  return 0;
                }
                """);
        long wanted = (long) dynos * perSecond * seconds;
        AtomicLongArray delays = new AtomicLongArray((int) wanted + 1);
        AtomicLong told = new AtomicLong();
        long memoryBefore = residentKilobytes();
        long cpuBefore = cpuNanos();
        try (Logplex logplex =
                Logplex.builder().history(100_000).historyBytes(16 << 20).build()) {
            Tail tail = logplex.channel(SHOP).tail(LogQuery.all(), new LogListener() {
                @Override
                public void line(LogEntry entry) {
                    delays.set((int) told.getAndIncrement(), System.nanoTime() - Long.parseLong(entry.text()));
                }

                @Override
                public void lost(LossNotice notice) {
                    System.out.println("lost " + notice.count());
                }
            });
            List<Thread> readers = new ArrayList<>();
            List<Process> writers = new ArrayList<>();
            for (int i = 1; i <= dynos; i++) {
                Path pipe = directory.resolve("tick-" + i);
                run(List.of("mkfifo", pipe.toString()));
                long stagger = 1_000_000L / perSecond * i / dynos + (dynos > 100 ? (dynos - i) * 12_000L : 0);
                writers.add(writer(
                        pipe,
                        program.toString(),
                        String.valueOf(perSecond),
                        String.valueOf(perSecond * seconds),
                        String.valueOf(stagger)));
                LogSource source = logplex.open(SHOP, LogOrigin.app("web." + i));
                Thread reader = new Thread(null, () -> pump(pipe, source), "reader", 256 * 1024);
                reader.start();
                readers.add(reader);
            }
            TimeUnit.SECONDS.sleep(seconds / 2);
            long memory = residentKilobytes() - memoryBefore;
            for (Process writer : writers) {
                writer.waitFor();
            }
            for (Thread reader : readers) {
                reader.join();
            }
            long cpu = cpuNanos() - cpuBefore;
            while (told.get() < logplex.channel(SHOP).stats().appended()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            tail.close();
            long[] sorted = new long[(int) told.get()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = delays.get(i);
            }
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d dynos at %d lines/s: %d of %d lines, p50 %.3f ms, p99 %.2f ms, %d MB more, %.0f us CPU per line%n",
                    bar,
                    dynos,
                    perSecond,
                    sorted.length,
                    wanted,
                    sorted[sorted.length / 2] / MILLION,
                    sorted[(int) (sorted.length * 0.99)] / MILLION,
                    memory / 1024,
                    cpu / 1000.0 / sorted.length);
        }
    }

    /** B11: a syslog drain into a peer that reads and forgets. */
    private void syslog() throws IOException, InterruptedException {
        List<Double> rates = new ArrayList<>();
        int lines = 3_000_000;
        for (int round = 0; round <= ROUNDS; round++) {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Logplex logplex = Logplex.builder()
                            .history(5_000_000)
                            .historyBytes(1 << 30)
                            .build()) {
                AtomicLong bytes = new AtomicLong();
                Thread sink = new Thread(() -> swallow(server, bytes));
                sink.start();
                Drain drain = logplex.channel(SHOP).drains().add("syslog://127.0.0.1:" + server.getLocalPort());
                byte[] chunk = ("x".repeat(99) + "\n").repeat(600).getBytes(US_ASCII);
                LogSource source = logplex.open(SHOP, LogOrigin.app("web.1"));
                long start = System.nanoTime();
                for (int i = 0; i < lines / 600; i++) {
                    source.write(ByteBuffer.wrap(chunk));
                }
                drain.flush(Duration.ofMinutes(2));
                rates.add(lines / ((System.nanoTime() - start) / NANOS) / MILLION);
            }
        }
        System.out.printf(Locale.ROOT, "B11: syslog drain: %.2f M messages/s%n", median(rates));
    }

    private static void swallow(ServerSocket server, AtomicLong bytes) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            byte[] buffer = new byte[256 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException e) {
            return;
        }
    }

    /** B12: what writing costs beside a drain that works, and beside one more that is stuck, in turn. */
    private void stuck() throws IOException, InterruptedException {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        for (int round = 0; round <= ROUNDS * 2; round++) {
            alone.add(writeWith(false));
            beside.add(writeWith(true));
        }
        System.out.printf(
                Locale.ROOT,
                "B12: writing beside a drain %.2f M lines/s, beside a stuck one too %.2f M lines/s: %.3f%n",
                median(alone),
                median(beside),
                median(beside) / median(alone));
    }

    private static double writeWith(boolean stuck) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (Logplex logplex = Logplex.create()) {
            logplex.channel(SHOP).drains().add("works", DrainOptions.none(), batch -> {});
            if (stuck) {
                logplex.channel(SHOP).drains().add("stuck", DrainOptions.none(), batch -> waitFor(end));
            }
            LogSource source = logplex.open(SHOP, LogOrigin.app("web.1"));
            byte[] chunk = ("x".repeat(99) + "\n").repeat(100).getBytes(US_ASCII);
            int chunks = 30_000;
            long start = System.nanoTime();
            for (int i = 0; i < chunks; i++) {
                source.write(ByteBuffer.wrap(chunk));
            }
            double rate = chunks * 100 / ((System.nanoTime() - start) / NANOS) / MILLION;
            end.countDown();
            return rate;
        }
    }

    private static void waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path compile(String name, String source) throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".c");
        Files.writeString(file, source);
        Path program = directory.resolve(name);
        run(List.of("cc", "-O2", "-w", "-o", program.toString(), file.toString()));
        return program;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(command.get(0) + " ended with " + status);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    private static double median(List<Double> values) {
        // The first one warmed up.
        List<Double> measured = values.subList(1, values.size());
        return measured.stream().sorted().skip(measured.size() / 2).findFirst().orElse(Double.NaN);
    }
}
