package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.formation.Formation;
import io.procmodel.formation.FormationChange;
import io.procmodel.formation.FormationStore;
import io.procmodel.name.AppName;
import io.procmodel.procfile.Procfile;
import io.procmodel.state.FileAppStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Saving a formation durably (write, sync, rename, sync of the directory) against overwriting a file and hoping. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class DurableReplaceBenchmark {
    private final Formation formation = Formation.empty()
            .declare(Procfile.parse("web: a\nworker: b\nclock: c\n").processTypes())
            .apply(FormationChange.parse("web=2", "worker=1"));
    private final Formation other = formation.apply(FormationChange.parse("web=3"));
    private final byte[] text = formation.toString().getBytes(UTF_8);
    private Path directory = Path.of("");
    private FormationStore store = store(directory);
    private boolean turn;

    /** Makes the directory. */
    @Setup(Level.Trial)
    public void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("procmodel-benchmark");
        Files.createDirectory(directory.resolve("shop"));
        store = store(directory);
    }

    private static FormationStore store(Path directory) {
        return FormationStore.of(FileAppStateStore.at(directory), AppName.of("shop"));
    }

    /** Removes the directory. */
    @TearDown(Level.Trial)
    public void removeDirectory() throws IOException {
        Files.deleteIfExists(directory.resolve("shop/formation.json"));
        Files.delete(directory.resolve("shop"));
        Files.deleteIfExists(directory.resolve("plain"));
        Files.delete(directory);
    }

    /** Ours. */
    @Benchmark
    public Formation durable() {
        turn = !turn;
        return store.update(other, before -> turn ? formation : other);
    }

    /** The floor: no promise at all. */
    @Benchmark
    public void overwrite() throws IOException {
        Files.write(directory.resolve("plain"), text);
    }
}
