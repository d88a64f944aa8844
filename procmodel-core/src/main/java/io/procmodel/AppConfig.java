package io.procmodel;

import io.procmodel.config.ConfigKey;
import io.procmodel.config.ConfigVars;
import io.procmodel.procfile.DotEnv;
import io.procmodel.procfile.DotEnvText;
import io.procmodel.release.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * Sets all variables of a {@code .env} text in one release; the others stay.
     *
     * @throws io.procmodel.procfile.DotEnvException if the text has a line that is not understood; nothing is set then
     */
    public Release importDotEnv(String text) {
        return set(DotEnv.parse(text).asMap());
    }

    /** The config vars as the text of a {@code .env} file; the caller is now the one who keeps the values secret. */
    public String exportDotEnv() {
        return DotEnvText.of(vars().asMap());
    }

    /**
     * Sets and removes config vars in one release: a value sets its key, an empty one removes it; keys that are not named
     * stay (Heroku: CFG-4).
     */
    public Release update(Map<String, Optional<String>> changes) {
        return desk.configure(before -> {
            Map<String, String> set = new LinkedHashMap<>();
            List<String> unset = new ArrayList<>();
            changes.forEach((key, value) -> value.ifPresentOrElse(
                    text -> set.put(key, text),
                    () -> unset.add(ConfigKey.of(key).value())));
            return before.without(unset).withAll(set);
        });
    }

    /** Removes config vars in one release; a key that is not set is none of them. */
    public Release unset(String... keys) {
        return desk.configure(before -> before.without(keys));
    }
}
