package io.procmodel.supervise;

import io.procmodel.policy.StopSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a one-off dyno whose client has gone: SIGHUP to all its processes, three times (Heroku: DYN-64). Who
 * ignores that lives on, until its time to live is over (R16).
 *
 * @param sent how often SIGHUP was sent
 * @param lifeEnds when its time to live is over, or null
 */
record Hangup(int sent, @Nullable Instant lifeEnds) {
    private static final int TIMES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** The client has gone; a dyno that is not up yet is told when it is. */
    static void begin(Draft draft, Instance instance, Instant now) {
        if (!instance.isOneOff() || instance.hangup() != null) {
            return;
        }
        if (instance.isUp()) {
            new Hangup(0, instance.deadline()).send(draft, instance, now);
        } else if (instance.phase() == Phase.SPAWNING || instance.phase() == Phase.STARTING) {
            draft.put(instance.hangingUp(new Hangup(0, null), instance.deadline()));
        }
    }

    /** The dyno is up now; its client may have gone before. */
    static void catchUp(Draft draft, Instance instance, Instant now) {
        if (instance.hangup() != null) {
            new Hangup(0, instance.deadline()).send(draft, instance, now);
        }
    }

    boolean isOver() {
        return sent > TIMES;
    }

    void proceed(Draft draft, Instance instance, Instant now) {
        if (sent < TIMES) {
            send(draft, instance, now);
            return;
        }
        draft.say(
                instance,
                "Error R16 (Detached) -> An attached process is not responding to SIGHUP after its external connection"
                        + " was closed.");
        Instance over = instance.hangingUp(new Hangup(TIMES + 1, lifeEnds), lifeEnds);
        draft.put(over);
        if (over.overdue(now)) {
            draft.endLifetime(over);
        }
    }

    private void send(Draft draft, Instance instance, Instant now) {
        draft.say(instance, "Client connection closed. Sending SIGHUP to all processes");
        draft.signal(instance, StopSignal.HUP);
        draft.put(instance.hangingUp(new Hangup(sent + 1, lifeEnds), now.plus(PAUSE)));
    }
}
