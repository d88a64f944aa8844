package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndWatchTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final Scripted process = new Scripted();
    private final EndWatch watch = new EndWatch(process);

    /** A process whose end the JDK tells when the test says so: when the host's common pool has time for it. */
    private static final class Scripted extends Process {
        private final CompletableFuture<Process> told = new CompletableFuture<>();
        private volatile boolean alive = true;

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return exitValue();
        }

        @Override
        public int exitValue() {
            return 0;
        }

        @Override
        public void destroy() {
            alive = false;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return told;
        }
    }

    @Test
    void theJdkTellsTheEnd() {
        watch.whenEnded(ends::incrementAndGet);
        process.destroy();
        process.told.complete(process);
        assertThat(ends).hasValue(1);
        watch.look();
        assertThat(ends).hasValue(1);
    }

    @Test
    void aLookFindsAnEndThatTheJdkHasNotTold() {
        watch.look();
        watch.whenEnded(ends::incrementAndGet);
        watch.look();
        assertThat(ends).as("it lives").hasValue(0);

        process.destroy();
        watch.look();
        assertThat(ends).hasValue(1);
        watch.look();
        process.told.complete(process);
        assertThat(ends).as("told late").hasValue(1);
    }

    @Test
    void whatCannotBeDoneForWantOfAThreadIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        watch.whenEnded(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("no thread, says the test");
            }
            ends.incrementAndGet();
        });
        process.destroy();
        process.told.complete(process);
        assertThat(ends).hasValue(0);
        watch.look();
        assertThat(ends).hasValue(1);
        watch.look();
        assertThat(tries).hasValue(2);
    }
}
