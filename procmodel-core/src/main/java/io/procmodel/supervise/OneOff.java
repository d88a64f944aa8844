package io.procmodel.supervise;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is special about a dyno that is run once: it belongs to no formation and is never started again (Heroku: DYN-18).
 *
 * @param timeToLive how long it may run before it is stopped (Heroku: DYN-67); null for as long as it likes
 */
public record OneOff(@Nullable Duration timeToLive) {}
