package io.procmodel;

import io.procmodel.name.AppName;
import java.util.Collection;
import java.util.List;

/** The apps that there are, as far as this host knows and beyond. */
interface AppDesks {
    /** Those that this host knows. */
    Collection<ReleaseDesk> known();

    /** All, after taking up those that other hosts created meanwhile. */
    Collection<ReleaseDesk> every();

    /** The names of all, also of those that this host has not taken up. */
    List<AppName> names();
}
