package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.Line;
import io.procmodel.logplex.ring.LineBatch;
import io.procmodel.logplex.ring.Loss;
import io.procmodel.logplex.ring.Micros;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves lines from a cursor to a target, one step at a time: collect a batch, send it until the peer has it or refuses it,
 * count every line. It holds one batch and nothing else, so that a slow peer costs nobody anything; what it misses
 * meanwhile is told to the peer with the next batch. One thread steps, any thread may ask for the health.
 */
public final class DrainEngine {
    /** The answer of {@link #step} that means: until lines come. */
    public static final long NOTHING_TO_DO = Long.MAX_VALUE;

    private final Cursor cursor;
    private final DrainTarget target;
    private final Predicate<Line> wanted;
    private final LineGrouper grouper;
    private final Notices notices;
    private final BackOff backOff;
    private final LongSupplier ticker;
    private final InstantSource clock;
    private final DrainListener listener;
    private final BatchIds ids;
    private final LineBatch batch = new LineBatch();
    private int at;
    private int messages;
    private int lines;
    private long firstInBatch = Long.MAX_VALUE;
    private @Nullable Delivery delivery;
    private @Nullable Instant oldest;
    private long retryAt;
    private @Nullable Instant failingSince;
    private @Nullable String lastError;

    /** Creates an engine that has sent nothing yet. */
    public DrainEngine(
            Cursor cursor,
            DrainTarget target,
            Predicate<Line> wanted,
            LineGrouper grouper,
            Notices notices,
            BackOff backOff,
            BatchIds ids,
            LongSupplier ticker,
            InstantSource clock,
            DrainListener listener) {
        this.cursor = cursor;
        this.target = target;
        this.wanted = wanted;
        this.grouper = grouper;
        this.notices = notices;
        this.backOff = backOff;
        this.ids = ids;
        this.ticker = ticker;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Does what can be done now.
     *
     * @return how many nanoseconds to wait before the next step; 0 if there is more to do, {@link #NOTHING_TO_DO} if only
     *     new lines give work
     */
    public long step() {
        if (delivery == null && !collect()) {
            return grouper.isEmpty() ? NOTHING_TO_DO : grouper.waitNanos(ticker.getAsLong());
        }
        long wait = delivery == null ? 0 : retryAt - ticker.getAsLong();
        if (wait > 0) {
            return wait;
        }
        return send();
    }

    /** Sends incomplete groups of lines now instead of waiting for more of them, and tries again now what failed. */
    public void hurry() {
        grouper.endAll();
        retryAt = ticker.getAsLong();
    }

    /** Lets the target look after its connection while there is nothing to send. */
    public void idle() {
        target.idle();
        countDoubts();
    }

    /** Whether a batch is being retried. */
    public boolean isRetrying() {
        return delivery != null && backOff.failures() > 0;
    }

    /** The next line that the peer does not have, however many later ones have been looked at. */
    public long position() {
        long next = Math.max(cursor.start(), batch.first() + at);
        return Math.min(next, Math.min(firstInBatch, grouper.oldest().orElse(Long.MAX_VALUE)));
    }

    /** How the drain is doing. */
    public synchronized DrainHealth health() {
        return new DrainHealth(
                backOff.failures(),
                Optional.ofNullable(failingSince),
                Optional.ofNullable(lastError),
                Optional.ofNullable(oldest));
    }

    /** Fills the target's batch; false if there is nothing to send. */
    private boolean collect() {
        boolean more = true;
        while (more && target.size() < target.fullSize()) {
            more = moveGroups() && (at < batch.size() ? takeLine() : fetch());
        }
        if (messages == 0) {
            return false;
        }
        delivery = new Delivery(ids.next(), messages, lines, notices.dropsTold(), notices.lossesTold());
        retryAt = ticker.getAsLong();
        return true;
    }

    private boolean takeLine() {
        Line line = batch.line(at);
        if (!isWanted(line)) {
            cursor.countFiltered();
            at++;
            return true;
        }
        if (grouper.isActive()) {
            grouper.add(line, ticker.getAsLong());
            at++;
            return true;
        }
        if (!fits(line)) {
            return false;
        }
        put(line, 1);
        at++;
        return true;
    }

    private boolean isWanted(Line line) {
        try {
            return wanted.test(line);
        } catch (RuntimeException e) {
            cursor.countFailed();
            return false;
        }
    }

    private boolean fits(Line line) {
        return messages == 0 || target.size() + line.length() <= target.fullSize();
    }

    /** Moves groups that are complete to the batch; false if one of them does not fit any more. */
    private boolean moveGroups() {
        for (LineGrouper.Group group = grouper.peek(ticker.getAsLong());
                group != null;
                group = grouper.peek(ticker.getAsLong())) {
            if (!fits(group.line())) {
                return false;
            }
            put(group.line(), group.lines());
            grouper.remove();
        }
        return true;
    }

    private boolean fetch() {
        Optional<Loss> loss = cursor.fetch(batch);
        at = 0;
        if (loss.isPresent()) {
            notices.dropped(loss.get().count(), loss.get().since());
            listener.dropped(loss.get().count(), loss.get().since());
            if (messages > 0) {
                addNotices();
            }
        }
        return batch.size() > 0;
    }

    /** Notices go along with lines, never alone: a peer that refuses everything would be asked for ever. */
    private void addNotices() {
        for (Line notice : notices.take(clock.instant())) {
            target.add(notice);
            messages++;
        }
    }

    private void put(Line line, int count) {
        if (messages == 0) {
            addNotices();
        }
        target.add(line);
        messages++;
        lines += count;
        firstInBatch = Math.min(firstInBatch, line.seq());
        if (oldest == null) {
            synchronized (this) {
                oldest = Micros.toInstant(line.micros());
            }
        }
    }

    private long send() {
        Delivery current = delivery;
        try {
            if (current != null) {
                target.send(current);
            }
            delivered();
        } catch (RefusedException e) {
            refused(e);
        } catch (IOException e) {
            failed(e);
            return Math.max(1, retryAt - ticker.getAsLong());
        } catch (RuntimeException e) {
            cursor.countFailed();
            refused(e);
        } finally {
            countDoubts();
        }
        return 0;
    }

    private void countDoubts() {
        long doubts = target.takeDoubts();
        if (doubts > 0) {
            cursor.recountAsRefused(doubts);
            lost(doubts);
        }
    }

    private void lost(long count) {
        Instant now = clock.instant();
        notices.lost(count, now);
        listener.lost(count, now);
    }

    private synchronized void delivered() {
        cursor.countDelivered(lines);
        notices.told();
        backOff.succeeded();
        failingSince = null;
        endBatch();
    }

    private synchronized void refused(Exception reason) {
        int lost = lines;
        cursor.countRefused(lost);
        notices.untold();
        note(reason);
        endBatch();
        if (lost > 0) {
            lost(lost);
        }
    }

    private void endBatch() {
        target.clear();
        firstInBatch = Long.MAX_VALUE;
        messages = 0;
        lines = 0;
        delivery = null;
        oldest = null;
    }

    private void failed(IOException reason) {
        Duration pause;
        synchronized (this) {
            pause = backOff.failed();
            note(reason);
        }
        if (reason instanceof RetryLaterException busy && busy.pause().compareTo(pause) > 0) {
            pause = busy.pause();
        }
        retryAt = ticker.getAsLong() + pause.toNanos();
        Errors.certificateProblem(reason).ifPresent(listener::certificateRefused);
    }

    private void note(Exception reason) {
        lastError = Errors.describe(reason);
        if (failingSince == null) {
            failingSince = clock.instant();
        }
    }
}
