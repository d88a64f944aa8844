package io.procmodel.release;

import io.procmodel.config.ConfigVars;
import java.util.List;

/**
 * The config vars of the newest release and where they stand: a release that changes nothing in them only names the version
 * whose record holds them.
 *
 * @param version whose record holds them, 0 for none
 * @param vars the config vars
 */
record HeldConfig(int version, ConfigVars vars) {
    static final HeldConfig NONE = new HeldConfig(0, ConfigVars.empty());

    /** This one if {@code newVars} are the same in the same order, else {@code newVars} as held by {@code newVersion}. */
    HeldConfig orAt(int newVersion, ConfigVars newVars) {
        boolean same =
                version > 0 && vars.equals(newVars) && List.copyOf(vars.keys()).equals(List.copyOf(newVars.keys()));
        return same ? this : new HeldConfig(newVersion, newVars);
    }
}
