package io.procmodel.event;

import com.google.common.collect.ImmutableList;
import io.procmodel.name.AppName;
import java.time.Instant;
import java.util.List;

/**
 * The host names of an app, or its maintenance mode, were changed; the change is durable.
 *
 * @param app the app
 * @param domains its own host names
 * @param maintenance whether it is in maintenance mode
 * @param at when
 */
public record FrontageChanged(AppName app, List<String> domains, boolean maintenance, Instant at) implements AppEvent {
    /** Copies the list. */
    public FrontageChanged {
        domains = ImmutableList.copyOf(domains);
    }
}
