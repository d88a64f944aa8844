package io.procmodel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when the platform of a home is known to have lived, for whoever opens the home after a {@code kill -9}: the time of a
 * file, which is set anew twice a second and outlives the process though not the machine. The file's content names the home.
 * Thread-safe.
 */
final class LifeSign implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifeSign.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final long CLOSE_SECONDS = 10;

    private final Path file;
    private final InstantSource clock;
    private final String home;
    private final Instant before;
    private @Nullable ScheduledThreadPoolExecutor beats;

    private LifeSign(Path file, InstantSource clock, String home, Instant before) {
        this.file = file;
        this.clock = clock;
        this.home = home;
        this.before = before;
    }

    /** Reads the sign that the last platform of this home left; it stays as it is until {@link #start}. */
    static LifeSign open(Path file, InstantSource clock) {
        try {
            String home = Files.exists(file) ? Files.readString(file).strip() : "";
            if (home.isEmpty()) {
                home = UUID.randomUUID().toString();
                DurableFiles.replace(file, (home + "\n").getBytes(US_ASCII));
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
            return new LifeSign(
                    file, clock, home, Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    /** What names the home among those that share a store. */
    String home() {
        return home;
    }

    /** When the last platform of this home gave its last sign; long ago if there was none. */
    Instant before() {
        return before;
    }

    /** Gives a sign now and from now on. */
    synchronized void start() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-life-sign"));
        Future<?> unused = executor.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
        beats = executor;
    }

    private void beat() {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            LOG.debug("no sign of life could be left", e);
        }
    }

    /** The last sign has been given when this returns: whoever has the home next reads it, and gives its own. */
    @Override
    public synchronized void close() {
        ScheduledThreadPoolExecutor executor = beats;
        if (executor != null) {
            executor.shutdownNow();
            awaitEnd(executor);
            beats = null;
        }
    }

    private static void awaitEnd(ScheduledThreadPoolExecutor executor) {
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a sign of life is still being given");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
