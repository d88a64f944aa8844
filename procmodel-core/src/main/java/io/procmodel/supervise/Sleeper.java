package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.policy.SleepPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts an app to sleep when it has exactly one web dyno and had no request for as long as its policy says, or when its dyno
 * hours are used up. The front door is asked just before, because only it knows of requests that are still under way.
 */
final class Sleeper {
    private final Draft draft;
    private final SleepPolicy policy;
    private final Instant now;

    Sleeper(Draft draft, SleepPolicy policy, Instant now) {
        this.draft = draft;
        this.policy = policy;
        this.now = now;
    }

    void consider() {
        Idleness idleness = draft.idleness();
        if (idleness.spent()) {
            draft.idleness(idleness.askAt(null));
            fallAsleep(name -> !idleness.sleeping().contains(name));
        } else if (idleness.asleep()) {
            draft.idleness(idleness.askAt(null));
        } else {
            considerTraffic(idleness);
        }
    }

    private void considerTraffic(Idleness idleness) {
        Instant quietSince = quietSince(idleness);
        if (quietSince == null) {
            draft.idleness(idleness.askAt(null));
            return;
        }
        Instant due = Moments.after(quietSince, policy.idle());
        if (idleness.asked()) {
            draft.idleness(idleness.askAt(null));
        } else if (due.isAfter(now)) {
            draft.idleness(idleness.askAt(due));
        } else {
            draft.idleness(idleness.asking());
            draft.measureTraffic();
        }
    }

    /** The front door says when the last request was; if that is long enough ago, the app falls asleep. */
    void answered(Instant lastTraffic) {
        Idleness idleness = draft.idleness().traffic(lastTraffic).answered();
        draft.idleness(idleness);
        Instant quietSince = quietSince(idleness);
        boolean due =
                quietSince != null && !Moments.after(quietSince, policy.idle()).isAfter(now);
        if (due && !idleness.asleep() && !idleness.spent()) {
            fallAsleep(name -> policy.workersToo() || draft.isWeb(name));
        }
    }

    /** Since when nothing has happened, or null if the app is not one that sleeps, or not now. */
    private @Nullable Instant quietSince(Idleness idleness) {
        List<Instance> web =
                draft.active().filter(instance -> draft.isWeb(instance.name())).toList();
        boolean one = draft.webQuantity() == 1 && web.size() == 1;
        if (!policy.sleeps() || !one || !web.get(0).isUp() || !draft.isCurrent(web.get(0))) {
            return null;
        }
        Instant upSince = web.get(0).since();
        Instant traffic = idleness.lastTraffic();
        return traffic != null && traffic.isAfter(upSince) ? traffic : upSince;
    }

    private void fallAsleep(Predicate<DynoName> which) {
        Set<DynoName> names = draft.targetNames().stream().filter(which).collect(Collectors.toSet());
        if (names.isEmpty()) {
            return;
        }
        draft.sleep(names);
    }
}
