package io.procmodel.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoUsage;
import io.procmodel.dyno.Exit;
import io.procmodel.log.LogSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Remembers what a runtime says of one dyno, and what the dyno says. */
public final class ObservedDyno implements DynoObserver, LogSource {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Long> leaked = new CopyOnWriteArrayList<>();
    private final List<DynoUsage> usages = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile RunningDyno dyno;
    private volatile boolean closed;

    @Override
    public void started(RunningDyno started) {
        dyno = started;
        calls.add("started");
    }

    @Override
    public void listening() {
        calls.add("listening");
    }

    @Override
    public void leaked(List<Long> pids) {
        leaked.addAll(pids);
    }

    @Override
    public void measured(DynoUsage usage) {
        usages.add(usage);
    }

    @Override
    public void exited(Exit exit) {
        calls.add(exit.toString());
    }

    @Override
    public synchronized void write(ByteBuffer chunk) {
        while (chunk.hasRemaining()) {
            bytes.write(chunk.get());
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The calls so far, leaks and measurements aside. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The processes that were reported to have outlived their dyno. */
    public List<Long> leaked() {
        return List.copyOf(leaked);
    }

    /** What was measured so far. */
    public List<DynoUsage> usages() {
        return List.copyOf(usages);
    }

    /** The handle. */
    public RunningDyno dyno() {
        return dyno;
    }

    /** Whether its output has been closed. */
    public boolean isClosed() {
        return closed;
    }

    /** What it has said. */
    public synchronized String output() {
        return bytes.toString(UTF_8);
    }

    /** Waits until it has said something. */
    public void awaitOutput(String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(output()).contains(text));
    }

    /** Waits until its end was told, and that of its output. */
    public void awaitEnd() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(calls)
                        .as("it said: " + output())
                        .last()
                        .asString()
                        .startsWith("exit status"));
        Awaitility.await().atMost(PATIENCE).until(this::isClosed);
    }
}
