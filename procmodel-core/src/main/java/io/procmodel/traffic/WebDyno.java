package io.procmodel.traffic;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One life of a web dyno, as a front door sees it. During a rollout two of them have the same name.
 *
 * @param instance unique in the app and never reused; 0 for a crashed dyno that has no process
 * @param name the dyno's name
 * @param state its state; requests are sent to those that are up
 * @param uri where it listens, or null
 * @param crashes how often it has crashed in a row
 * @param reason why it is not up, in words for a log, or null
 */
public record WebDyno(
        long instance,
        DynoName name,
        DynoState state,
        @Nullable URI uri,
        int crashes,
        @Nullable String reason) {

    /** Where it listens. */
    public Optional<URI> address() {
        return Optional.ofNullable(uri);
    }

    /** Whether it takes requests. */
    public boolean isUp() {
        return state == DynoState.UP && uri != null;
    }
}
