package io.procmodel.logplex.drain;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** Closes a socket whose peer does not read: a blocking write has no time-out of its own. Thread-safe. */
public final class WriteLimit {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Socket socket;
    private final Timer timer;
    private long writes;
    private boolean writing;
    private boolean watched;

    /** Calls back after a while. */
    @FunctionalInterface
    public interface Timer {
        /** Calls back once, on another thread. */
        void schedule(Runnable action, long delayNanos);
    }

    WriteLimit(Socket socket, Timer timer) {
        this.socket = socket;
        this.timer = timer;
    }

    synchronized void begin() {
        writes++;
        writing = true;
        if (!watched) {
            watch();
        }
    }

    synchronized void end() {
        writing = false;
    }

    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            // Given up either way.
            return;
        }
    }

    private void watch() {
        watched = true;
        long seen = writes;
        timer.schedule(() -> check(seen), LIMIT.toNanos());
    }

    private void check(long seen) {
        boolean stuck;
        synchronized (this) {
            stuck = writing && writes == seen;
            watched = false;
            if (writing && !stuck) {
                watch();
            }
        }
        if (stuck) {
            abort();
        }
    }
}
