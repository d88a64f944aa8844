package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Logplex;
import io.procmodel.name.AppName;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many 100-byte lines per second go from chunks of bytes into one app's history of 1,500 lines, as a dyno's reader
 * thread would write them, against {@code readLine} and a shared deque. One operation is one line; {@code -t 10} is ten
 * dynos of one app. Both read from memory, so that the pipe is left out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LogplexBenchmark {
    private static final int LINES = 655;
    private static final int HISTORY = 1500;
    private static final AppName SHOP = AppName.of("shop");
    private static final byte[] OUTPUT = ("x".repeat(99) + "\n").repeat(LINES).getBytes(US_ASCII);

    /** How many bytes a reader gets at once: one line, or what is in a busy pipe. */
    @Param({"100", "16384"})
    public int chunkBytes;

    private final Logplex logplex = Logplex.create();
    private final ConcurrentLinkedDeque<String> deque = new ConcurrentLinkedDeque<>();
    private final AtomicInteger dequeSize = new AtomicInteger();

    /** Ends the logplex. */
    @TearDown
    public void close() {
        logplex.close();
    }

    /** Chunks of bytes into logplex, one source per thread. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void logplex(Dyno dyno) {
        for (int from = 0; from < OUTPUT.length; from += chunkBytes) {
            dyno.source.write(ByteBuffer.wrap(OUTPUT, from, Math.min(chunkBytes, OUTPUT.length - from)));
        }
    }

    /** What one writes first: a String per line, and a deque that is kept at the same length. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void readLineAndDeque() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(new Chunks(OUTPUT, chunkBytes), UTF_8), 8192);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            deque.add(line);
            if (dequeSize.incrementAndGet() > HISTORY) {
                deque.poll();
                dequeSize.decrementAndGet();
            }
        }
    }

    /** The source of one thread. */
    @State(Scope.Thread)
    public static class Dyno {
        private LogSource source = LogSink.discarding().open(SHOP, LogOrigin.app("web.1"));

        /** Opens the source. */
        @Setup
        public void open(LogplexBenchmark benchmark) {
            source = benchmark.logplex.open(SHOP, LogOrigin.app("web.1"));
        }

        /** Closes the source. */
        @TearDown
        public void close() {
            source.close();
        }
    }

    /** A stream that gives at most so many bytes at once, as a pipe does. */
    private static final class Chunks extends ByteArrayInputStream {
        private final int most;

        Chunks(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, most));
        }
    }
}
