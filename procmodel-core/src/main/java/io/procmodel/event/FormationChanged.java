package io.procmodel.event;

import io.procmodel.formation.Formation;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * The formation was changed and is durable; dynos will follow.
 *
 * @param app the app
 * @param formation the whole new formation
 * @param at when
 */
public record FormationChanged(AppName app, Formation formation, Instant at) implements AppEvent {}
