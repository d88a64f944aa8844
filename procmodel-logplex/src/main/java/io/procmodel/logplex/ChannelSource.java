package io.procmodel.logplex;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.line.CutLines;
import io.procmodel.logplex.line.LineCutter;
import io.procmodel.logplex.ring.LineStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of one origin of a channel: holds its unfinished line apart from everyone else's, and shows it when
 * nothing has come for a while, as after a prompt. The lock orders writers of the same source; that of the stream is
 * taken inside it.
 */
final class ChannelSource implements LogSource {
    static final Duration SHOWN_AFTER = Duration.ofMillis(250);

    private final LogOrigin origin;
    private final LineStream stream;
    private final IdleTimer timer;
    private final Consumer<ChannelSource> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final LineCutter cutter;
    private final @Nullable Journaling journaling;
    private final @Nullable SourceLimiter limiter;
    private long lastWrite;
    private boolean checkScheduled;
    private boolean closed;

    ChannelSource(
            LogOrigin origin, LineStream stream, int maxLineBytes, IdleTimer timer, Consumer<ChannelSource> onClose) {
        this(origin, stream, maxLineBytes, timer, onClose, null, null);
    }

    ChannelSource(
            LogOrigin origin,
            LineStream stream,
            int maxLineBytes,
            IdleTimer timer,
            Consumer<ChannelSource> onClose,
            @Nullable ChannelJournal journal,
            @Nullable SourceLimiter limiter) {
        this.origin = origin;
        this.limiter = limiter;
        this.stream = stream;
        this.timer = timer;
        this.onClose = onClose;
        this.cutter = new LineCutter(maxLineBytes, this::append);
        this.journaling = journal == null ? null : journal.open(origin, cutter);
    }

    @Override
    public void write(ByteBuffer chunk) {
        lock.lock();
        try {
            cut(chunk);
            if (closed) {
                cutter.end();
            } else if (cutter.hasPending()) {
                lastWrite = timer.now();
                scheduleCheck(SHOWN_AFTER.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (journaling == null || closed) {
                cutter.end();
            } else {
                journaling.end();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
    }

    @Override
    public ByteBuffer buffer(int bytes) {
        lock.lock();
        try {
            return journaling == null ? LogSource.super.buffer(bytes) : journaling.buffer(bytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Path> leftovers() {
        return journaling == null ? Optional.empty() : journaling.leftovers();
    }

    private void cut(ByteBuffer chunk) {
        if (journaling == null || closed) {
            cutter.write(chunk);
        } else {
            journaling.write(chunk);
        }
    }

    private void showPending() {
        if (journaling == null || closed) {
            cutter.showPending();
        } else {
            journaling.showPending();
        }
    }

    private void append(CutLines lines) {
        if (closed || (limiter != null && !limiter.admits(lines))) {
            stream.reject(lines);
        } else {
            stream.append(origin, lines);
        }
    }

    private void scheduleCheck(long delayNanos) {
        if (!checkScheduled) {
            checkScheduled = true;
            timer.schedule(this::showPendingIfIdle, delayNanos);
        }
    }

    private void showPendingIfIdle() {
        lock.lock();
        try {
            checkScheduled = false;
            long left = lastWrite + SHOWN_AFTER.toNanos() - timer.now();
            if (left <= 0) {
                showPending();
            } else if (cutter.hasPending()) {
                scheduleCheck(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
