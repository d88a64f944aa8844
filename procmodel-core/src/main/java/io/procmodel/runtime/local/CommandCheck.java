package io.procmodel.runtime.local;

import java.io.IOException;
import java.time.Duration;

/** Runs a command beside a dyno; it ends when its thread is interrupted, with all that it has started. */
final class CommandCheck implements ReadinessCheck {
    private final Starter starter;
    private final Duration timeout;

    CommandCheck(Starter starter, Duration timeout) {
        this.starter = starter;
        this.timeout = timeout;
    }

    /** Starts the command, once for each try. */
    interface Starter extends AutoCloseable {
        /** A run that has begun. */
        Run start() throws IOException;

        @Override
        void close();
    }

    /** One run of the command. */
    interface Run extends AutoCloseable {
        /** Its main process. */
        DynoProcess process();

        /** Kills what is left of it, and makes sure of that. */
        @Override
        void close();
    }

    @Override
    public boolean passes() throws IOException, InterruptedException {
        try (Run run = starter.start()) {
            DynoProcess process = run.process();
            return process.awaitExit(timeout) && process.status() == 0;
        }
    }

    @Override
    public void abort() {
        // Its thread is interrupted.
    }

    @Override
    public void close() {
        starter.close();
    }
}
