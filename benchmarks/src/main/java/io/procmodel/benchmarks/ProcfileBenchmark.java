package io.procmodel.benchmarks;

import io.procmodel.procfile.DotEnv;
import io.procmodel.procfile.Procfile;
import io.procmodel.procfile.ProcfileDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of reading one text of each shape, in microseconds, against a loop that only splits lines at the first colon.
 * The shapes differ in size, so divide by the number of characters before comparing them. The heap is big enough that the
 * result of a million lines fits in its young part: what is measured is reading, not the collector.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms3g", "-Xmx3g", "-Xmn2g", "-XX:+UseParallelGC"})
public class ProcfileBenchmark {
    /** What is read. */
    public enum Shape {
        /** A file as people have it: five entries and a comment. */
        TYPICAL {
            @Override
            String text() {
                return """
                        # Procfile
                        release: bundle exec rails db:migrate
                        web: bundle exec puma -C config/puma.rb -p ${PORT:-3000}
                        worker: bundle exec sidekiq -q default -q mailers -c ${SIDEKIQ_THREADS:-5}
                        clock: bundle exec clockwork lib/clock.rb
                        console: bundle exec rails console
                        """;
            }
        },
        /** 1,000 different entries, 52,000 characters. */
        LINES_1K {
            @Override
            String text() {
                return lines(1_000);
            }
        },
        /** 10,000 different entries, 540,000 characters. */
        LINES_10K {
            @Override
            String text() {
                return lines(10_000);
            }
        },
        /** 100,000 different entries, 5.5 million characters. */
        LINES_100K {
            @Override
            String text() {
                return lines(100_000);
            }
        },
        /** A million different entries, 57 million characters. */
        LINES_1M {
            @Override
            String text() {
                return lines(1_000_000);
            }
        },
        /** One line of 100,000 characters. */
        LINE_100K {
            @Override
            String text() {
                return line(100_000);
            }
        },
        /** One line of ten million characters. */
        LINE_10M {
            @Override
            String text() {
                return line(10_000_000);
            }
        };

        abstract String text();

        private static String lines(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> "type-" + i + ": exec node server.js --port $PORT --n " + i + "\n")
                    .collect(Collectors.joining());
        }

        private static String line(int length) {
            return "web: " + "node a.js 'b' ".repeat(length / 14) + "\n";
        }
    }

    @Param
    private Shape shape = Shape.TYPICAL;

    private String text = "";

    /** Makes the text. */
    @Setup
    public void makeText() {
        text = shape.text();
    }

    /** The floor: cut lines, cut at the first colon, trim. */
    @Benchmark
    public List<String[]> splitLoop() {
        List<String[]> entries = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                entries.add(new String[] {
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim()
                });
            }
        }
        return entries;
    }

    /** The strict reader with all its diagnostics. */
    @Benchmark
    public Procfile parse() {
        return Procfile.parse(text);
    }

    /** The most lenient platform. */
    @Benchmark
    public Procfile parseClassic() {
        return Procfile.parse(text, ProcfileDialect.HEROKU_CLASSIC);
    }

    /** The same text as variables: {@code name: value} sets one. */
    @Benchmark
    public DotEnv parseDotEnv() {
        return DotEnv.parse(text);
    }
}
