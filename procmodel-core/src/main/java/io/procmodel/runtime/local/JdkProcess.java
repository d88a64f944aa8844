package io.procmodel.runtime.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A dyno's process that this JVM has started, and whose end the JDK tells. */
abstract class JdkProcess implements DynoProcess {
    private final Process process;

    JdkProcess(Process process) {
        this.process = process;
    }

    Process process() {
        return process;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public CompletableFuture<?> onExit() {
        return process.onExit();
    }

    @Override
    public boolean awaitExit(Duration patience) throws InterruptedException {
        return process.waitFor(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS);
    }

    @Override
    public int status() {
        return process.exitValue();
    }

    @Override
    public Optional<Process> ofTheJdk() {
        return Optional.of(process);
    }
}
