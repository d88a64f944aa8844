package io.procmodel;

import io.procmodel.config.ConfigVars;
import io.procmodel.release.Release;
import java.util.Map;

/**
 * The config vars of an app: each change is one release, and every dyno restarts on it (Heroku: CFG-3). A change that
 * changes nothing makes no release and gives the current one. Thread-safe.
 */
public final class AppConfig {
    private final ReleaseDesk desk;

    AppConfig(ReleaseDesk desk) {
        this.desk = desk;
    }

    /**
     * The config vars as they are set: those of the newest release, even if its release command failed (Heroku: REL-16). The
     * {@code toString} shows keys only.
     */
    public ConfigVars vars() {
        return desk.newest().config();
    }

    /**
     * Sets one config var.
     *
     * @throws io.procmodel.error.InvalidValueException if the key is not letters, digits and underscores, not starting
     *     with a digit (CFG-1)
     * @throws io.procmodel.config.ConfigTooLargeException if all vars together would be over 64 kB (CFG-2)
     */
    public Release set(String key, String value) {
        return set(Map.of(key, value));
    }

    /** Sets several config vars in one release; the others stay. The errors are those of {@link #set(String, String)}. */
    public Release set(Map<String, String> vars) {
        return desk.configure(before -> before.withAll(vars));
    }

    /** Removes config vars in one release; a key that is not set is none of them. */
    public Release unset(String... keys) {
        return desk.configure(before -> before.without(keys));
    }
}
