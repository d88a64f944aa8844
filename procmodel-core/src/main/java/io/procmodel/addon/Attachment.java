package io.procmodel.addon;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.config.ConfigKey;
import java.util.List;

/**
 * An add-on as one app sees it: its name within the app and the keys of the config vars it brings. Names only, never a
 * value or credential (Heroku: ADD-5, ADD-24). Immutable.
 *
 * @param name unique within the app, for example {@code DATABASE}
 * @param addOn the add-on's name, unique over the platform, for example {@code postgresql-curly-33328}
 * @param plan the plan as {@code service:plan}, for example {@code redistogo:nano}
 * @param configKeys the keys of the config vars that come and go with the attachment, in order
 */
public record Attachment(String name, String addOn, String plan, List<String> configKeys) {
    /** Copies the keys and checks that each is a config key. */
    public Attachment {
        requireNonNull(name, "name");
        requireNonNull(addOn, "addOn");
        requireNonNull(plan, "plan");
        configKeys = configKeys.stream().map(key -> ConfigKey.of(key).value()).collect(ImmutableList.toImmutableList());
    }
}
