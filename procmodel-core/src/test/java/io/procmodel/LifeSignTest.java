package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file's time tells the next platform until when this one lived. */
class LifeSignTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path directory;

    /** Or else it would speak for the platform that has opened the home since. */
    @Test
    void noSignIsGivenAfterItsClose() throws Exception {
        Path file = directory.resolve(".alive");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        LifeSign sign = LifeSign.open(file, () -> {
            asked.countDown();
            Uninterruptibles.awaitUninterruptibly(answer);
            return NOON;
        });
        sign.start();
        Uninterruptibles.awaitUninterruptibly(asked);

        Thread closing = new Thread(sign::close);
        closing.start();
        await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        answer.countDown();
        closing.join(PATIENCE.toMillis());

        assertThat(closing.isAlive()).isFalse();
        assertThat(time(file)).isEqualTo(NOON);
        sign.close();
    }

    private static Instant time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
