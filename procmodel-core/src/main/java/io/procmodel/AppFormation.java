package io.procmodel;

import io.procmodel.formation.DynoSize;
import io.procmodel.formation.Formation;
import io.procmodel.formation.FormationChange;
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
     *     quantity would be negative
     * @throws io.procmodel.formation.UnknownProcessTypeException if the app has no such process type
     */
    public Formation scale(String... expressions) {
        List<FormationChange> changes = FormationChange.parse(expressions);
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
        FormationChange change = FormationChange.resize(type, DynoSize.of(size));
        return desk.reform(formation -> formation.apply(List.of(change)));
    }
}
