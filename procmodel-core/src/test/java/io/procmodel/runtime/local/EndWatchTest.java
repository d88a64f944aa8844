package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.policy.StopSignal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndWatchTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final Scripted process = new Scripted();
    private final EndWatch watch = new EndWatch(process);

    /** A process whose end the JDK tells when the test says so: when the host's common pool has time for it. */
    private static final class Scripted implements DynoProcess {
        private final CompletableFuture<Integer> told = new CompletableFuture<>();
        private volatile boolean alive = true;

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public CompletableFuture<?> onExit() {
            return told;
        }

        @Override
        public boolean awaitExit(Duration patience) {
            return !alive;
        }

        @Override
        public int status() {
            return 0;
        }

        @Override
        public void terminate(StopSignal signal) {
            kill();
        }

        @Override
        public void kill() {
            alive = false;
        }
    }

    @Test
    void theJdkTellsTheEnd() {
        watch.whenEnded(ends::incrementAndGet);
        process.kill();
        process.told.complete(0);
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

        process.kill();
        watch.look();
        assertThat(ends).hasValue(1);
        watch.look();
        process.told.complete(0);
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
        process.kill();
        process.told.complete(0);
        assertThat(ends).hasValue(0);
        watch.look();
        assertThat(ends).hasValue(1);
        watch.look();
        assertThat(tries).hasValue(2);
    }
}
