package io.procmodel.traffic;

import com.google.common.collect.ImmutableList;
import io.procmodel.name.AppName;
import java.util.List;

/**
 * All that a front door must know about one app. Immutable.
 *
 * @param app the app
 * @param domains its own host names, beside the one that a front door makes from its name
 * @param maintenance whether every request is answered with the maintenance page (Heroku: PIPE-17)
 * @param released whether anything has been deployed
 * @param quantity how many web dynos it should have
 * @param asleep whether its web dyno sleeps until somebody wakes it
 * @param spent whether it has used up its dyno hours of this month
 * @param dynos its web dynos, those that are starting or stopping included
 */
public record WebState(
        AppName app,
        List<String> domains,
        boolean maintenance,
        boolean released,
        int quantity,
        boolean asleep,
        boolean spent,
        List<WebDyno> dynos) {
    /** Copies the lists. */
    public WebState {
        domains = ImmutableList.copyOf(domains);
        dynos = ImmutableList.copyOf(dynos);
    }
}
