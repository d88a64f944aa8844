package io.procmodel.router.exchange;

import io.procmodel.router.limit.Times;
import io.procmodel.router.report.HCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When each side of one exchange has last done something, and whose silence has lasted too long (Heroku: RTR-15, RTR-16). */
final class Progress {
    private final Times times;
    private final long start = System.nanoTime();
    private long client = start;
    private long dyno = start;
    private long sent;
    private long requestEnded;
    private long backlog;

    Progress(Times times) {
        this.times = times;
    }

    long sinceStart() {
        return System.nanoTime() - start;
    }

    void clientMoved() {
        client = System.nanoTime();
    }

    void dynoMoved() {
        dyno = System.nanoTime();
    }

    /** The request goes to a dyno now. */
    void sent() {
        sent = System.nanoTime();
        client = sent;
        dyno = sent;
    }

    boolean wasSent() {
        return sent != 0;
    }

    long sinceSent() {
        return System.nanoTime() - sent;
    }

    void requestEnded() {
        requestEnded = System.nanoTime();
    }

    /** The client takes no more for now. */
    void clientIsFull(long bytes) {
        backlog = bytes;
        clientMoved();
    }

    /** Who is overdue when the client cannot take what is there; taking some of it counts. */
    @Nullable
    HCode slowReader(long now, long bytes) {
        if (bytes != backlog) {
            backlog = bytes;
            client = now;
        }
        return overdue(now, client, times.rolling(), HCode.H28);
    }

    /** Who is overdue in a response. */
    @Nullable
    HCode response(long now, boolean requestOver) {
        return overdue(now, Math.max(dyno, requestOver ? 0 : client), times.rolling(), HCode.H15);
    }

    /** Who is overdue before the response. */
    @Nullable
    HCode request(long now, boolean requestOver, boolean heldByDyno) {
        return requestOver
                ? overdue(now, Math.max(requestEnded, sent), times.firstByte(), HCode.H12)
                : overdue(now, client, times.rolling(), heldByDyno ? HCode.H15 : HCode.H28);
    }

    @Nullable
    HCode tunnel(long now) {
        return overdue(now, Math.max(client, dyno), times.rolling(), HCode.H15);
    }

    private static @Nullable HCode overdue(long now, long since, Duration limit, HCode code) {
        return now - since > limit.toNanos() ? code : null;
    }
}
