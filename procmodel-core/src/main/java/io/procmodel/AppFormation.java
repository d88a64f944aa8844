package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.dyno.DynoName;
import io.procmodel.formation.Formation;
import io.procmodel.formation.FormationChange;
import io.procmodel.lease.Lease;
import java.util.List;

/**
 * How many dynos of each process type an app has. Scaling makes no release and leaves alone what it does not name (Heroku:
 * FRM-6, FRM-8). Thread-safe.
 */
public final class AppFormation {
    private final ReleaseDesk desk;

    AppFormation(ReleaseDesk desk) {
        this.desk = desk;
    }

    /** The formation as it is; empty before the first deploy. */
    public Formation current() {
        return desk.formation();
    }

    /**
     * Scales process types, all of them or, after an error, none: {@code scale("web=2", "worker+1")}.
     *
     * @return the new formation, durable
     * @throws io.procmodel.error.InvalidValueException if an expression has another form, a type is named twice, or a
     *     quantity would be negative, or more than one of a {@linkplain #singleton singleton}
     * @throws io.procmodel.formation.UnknownProcessTypeException if the app has no such process type
     */
    public Formation scale(String... expressions) {
        List<FormationChange> changes = FormationChange.parse(desk.sizes(), expressions);
        return desk.reform(formation -> formation.apply(changes));
    }

    /**
     * Changes the size of all dynos of a process type, which restarts them (Heroku: DYN-54).
     *
     * @return the new formation, durable
     * @throws io.procmodel.error.InvalidValueException if there is no such size
     * @throws io.procmodel.formation.UnknownProcessTypeException if the app has no such process type
     */
    public Formation resize(String type, String size) {
        FormationChange change = FormationChange.resize(type, desk.sizes().of(size));
        return desk.reform(formation -> formation.apply(List.of(change)));
    }

    /**
     * Makes a process type a singleton: of all hosts that do so with the same lease, one at a time runs its dyno, and two
     * never live at once. The dyno starts only when the lease is held, and finds {@code PROCMODEL_FENCING_TOKEN} in its
     * environment. A new release stops the old dyno, waits for its end, and starts the new one, whatever the rollout. When
     * the lease cannot be renewed, the dyno gets its stop signal, and SIGKILL before others see the lease expire.
     *
     * <p>That the type is a singleton is remembered: after a reopening it stays down until this is called again. Returns
     * when that is decided; {@link AppDynos#awaitUp} does not wait for a lease that another host has.
     *
     * @param type the process type; the app need not have it yet
     * @param lease who may run it; a {@code ttl} must be a little longer than the type's stop grace
     * @throws io.procmodel.error.InvalidValueException if {@code type} cannot be a process type, has more than one dyno or
     *     is a singleton here already, or the lease is too short for the stop grace
     */
    public void singleton(String type, Lease lease) {
        desk.singleton(new DynoName(type, 1).processType(), requireNonNull(lease, "lease"));
    }

    /**
     * Makes a singleton an ordinary process type again, which can be scaled freely. Does nothing if it is none.
     *
     * @throws io.procmodel.error.InvalidValueException if {@code type} cannot be a process type
     */
    public void endSingleton(String type) {
        desk.endSingleton(new DynoName(type, 1).processType());
    }
}
