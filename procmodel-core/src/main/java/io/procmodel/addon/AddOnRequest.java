package io.procmodel.addon;

import com.google.common.collect.ImmutableMap;
import io.procmodel.name.AppName;
import java.util.Map;

/**
 * What a provider is asked for. The same request may come more than once; it is the same one when its uuid is (Heroku:
 * ADD-23).
 *
 * @param app the app that orders it
 * @param addOn the name that the platform gave it, unique over the platform
 * @param uuid its identity, for ever
 * @param plan the plan, without the service
 * @param options what the user said on top (Heroku: ADD-11)
 */
public record AddOnRequest(AppName app, String addOn, String uuid, String plan, Map<String, String> options) {
    /** Copies the options. */
    public AddOnRequest {
        options = ImmutableMap.copyOf(options);
    }

    /** Names the options and shows no value of them, which may be a password. */
    @Override
    public String toString() {
        return addOn + " (" + plan + ") of " + app + ", options " + options.keySet();
    }
}
