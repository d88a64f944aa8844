package io.procmodel.router.report;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.thread.NamedThreads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line per request to the app's log, on a thread of its own: event loops only offer, and when 8,192 lines wait
 * because the sink is stalled, further ones are dropped, counted, and reported when it goes on.
 */
public final class RouterLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterLog.class);
    private static final int QUEUE = 8_192;
    private static final int BATCH = 1_024;
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long CLOSE_MILLIS = 2_000;

    private final LogSink sink;
    private final BlockingQueue<RequestLine> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final Map<AppName, LogSource> sources = new HashMap<>();
    private final Thread writer;
    private volatile boolean resting;
    private volatile boolean closed;
    private long reportedDrops;

    /** Starts the writer. */
    public RouterLog(LogSink sink) {
        this.sink = sink;
        this.writer = new NamedThreads("procmodel-router-log").newThread(this::write);
        writer.start();
    }

    /** Takes a line; never blocks. */
    public void offer(RequestLine line) {
        if (!queue.offer(line)) {
            dropped.incrementAndGet();
        } else if (resting) {
            LockSupport.unpark(writer);
        }
    }

    /** How many lines were dropped because the sink was stalled. */
    public long dropped() {
        return dropped.get();
    }

    private void write() {
        List<RequestLine> batch = new ArrayList<>(BATCH);
        while (!closed || !queue.isEmpty()) {
            batch.clear();
            queue.drainTo(batch, BATCH);
            batch.forEach(this::write);
            if (batch.isEmpty()) {
                rest();
            } else if (batch.size() < BATCH && !closed) {
                LockSupport.parkNanos(this, BATCH_NANOS);
            }
            if (Thread.interrupted()) {
                break;
            }
        }
        sources.values().forEach(LogSource::close);
    }

    /** Until a line comes, or the end. */
    private void rest() {
        resting = true;
        if (queue.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        resting = false;
    }

    private void write(RequestLine line) {
        try {
            LogSource source = sources.computeIfAbsent(line.app(), app -> sink.open(app, LogOrigin.heroku("router")));
            long drops = dropped.get();
            if (drops > reportedDrops) {
                source.line("Error L10 (output buffer overflow): " + (drops - reportedDrops)
                        + " router lines of all apps dropped");
                reportedDrops = drops;
            }
            source.line(line.text());
        } catch (RuntimeException e) {
            dropped.incrementAndGet();
            LOG.warn("the log sink failed at a router line", e);
        }
    }

    /** Writes what waits, for a bounded time, and ends. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(CLOSE_MILLIS);
            if (writer.isAlive()) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
