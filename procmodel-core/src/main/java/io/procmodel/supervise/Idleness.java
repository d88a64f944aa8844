package io.procmodel.supervise;

import com.google.common.collect.ImmutableSet;
import io.procmodel.dyno.DynoName;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What supervision knows about an app's traffic and sleep.
 *
 * @param sleeping the dynos that sleep; empty while the app is awake
 * @param spent whether the dyno hours of the month are used up
 * @param lastTraffic when the app was last known to have a request; null if it never was
 * @param asked whether the front door has been asked about traffic and has not answered yet
 * @param due when to ask next, or null
 */
record Idleness(
        Set<DynoName> sleeping,
        boolean spent,
        @Nullable Instant lastTraffic,
        boolean asked,
        @Nullable Instant due) {
    static final Idleness NONE = new Idleness(Set.of(), false, null, false, null);

    Idleness {
        sleeping = ImmutableSet.copyOf(sleeping);
    }

    boolean asleep() {
        return !sleeping.isEmpty();
    }

    Idleness sleeping(Set<DynoName> names) {
        return new Idleness(names, spent, lastTraffic, false, null);
    }

    Idleness spent(boolean now) {
        return new Idleness(sleeping, now, lastTraffic, asked, due);
    }

    /** Time never goes back: an older answer does not undo a newer request. */
    Idleness traffic(Instant at) {
        Instant latest = lastTraffic == null || at.isAfter(lastTraffic) ? at : lastTraffic;
        return new Idleness(sleeping, spent, latest, asked, due);
    }

    Idleness answered() {
        return new Idleness(sleeping, spent, lastTraffic, false, null);
    }

    Idleness asking() {
        return new Idleness(sleeping, spent, lastTraffic, true, null);
    }

    Idleness askAt(@Nullable Instant when) {
        return new Idleness(sleeping, spent, lastTraffic, asked, when);
    }
}
