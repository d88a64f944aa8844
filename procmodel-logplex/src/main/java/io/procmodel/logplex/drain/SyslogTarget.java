package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server over TCP or TLS. Before each batch the peer is asked whether it has closed the connection, for plain
 * syslog has no acknowledgement, and what is written after that would be lost. What may have been lost when a connection
 * breaks is told as a doubt.
 */
final class SyslogTarget implements DrainTarget {
    private static final int BATCH_BYTES = 64 * 1024;
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(4);
    private static final Duration SETTLED = Duration.ofMillis(500);
    private static final Duration AGE_LIMIT = Duration.ofHours(5);

    private final Connector connector;
    private final LongSupplier ticker;
    private final SyslogEncoder encoder;
    private final EncodedLines batch = new EncodedLines();
    private final UnreadLines unread;
    private volatile @Nullable PeerConnection connection;
    private long openedAt;
    private long usedAt;
    /** Whether the peer was seen reading well after the last batch. */
    private boolean settled;

    /** Opens connections to the peer. */
    @FunctionalInterface
    interface Connector {
        PeerConnection connect() throws IOException;
    }

    SyslogTarget(Connector connector, String token, LongSupplier ticker) {
        this.connector = connector;
        this.ticker = ticker;
        this.encoder = SyslogEncoder.rfc5424(token);
        this.unread = new UnreadLines(ticker);
    }

    @Override
    public void add(Line line) {
        encoder.encode(line, batch);
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public int fullSize() {
        return BATCH_BYTES;
    }

    @Override
    public void send(Delivery delivery) throws IOException {
        idle();
        PeerConnection current = connection;
        if (current == null) {
            current = connector.connect();
            connection = current;
            openedAt = ticker.getAsLong();
        }
        try {
            current.write(batch.toBuffer());
            usedAt = ticker.getAsLong();
            settled = false;
            unread.sent(delivery.lines(), batch.size());
        } catch (IOException e) {
            unread.doubtAll();
            close();
            throw e;
        }
    }

    @Override
    public void clear() {
        batch.clear();
    }

    @Override
    public void idle() {
        PeerConnection current = connection;
        if (current == null) {
            return;
        }
        switch (current.peer()) {
            case READING -> closeIfOld();
            case GONE -> end(unread::forget);
            case BROKEN -> end(settled ? unread::forget : unread::doubtAll);
        }
    }

    private void end(Runnable account) {
        account.run();
        close();
    }

    @Override
    public long takeDoubts() {
        return unread.takeDoubts();
    }

    @Override
    public void abort() {
        PeerConnection current = connection;
        if (current != null) {
            current.abort();
        }
    }

    @Override
    public void close() {
        PeerConnection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
    }

    private void closeIfOld() {
        long now = ticker.getAsLong();
        if (now - usedAt > IDLE_LIMIT.toNanos() || now - openedAt > AGE_LIMIT.toNanos()) {
            end(unread::forget);
        }
        settled = now - usedAt > SETTLED.toNanos();
    }
}
