package io.procmodel;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What clients see of an app beside its dynos.
 *
 * @param domains its own host names
 * @param maintenance whether every request is answered with the maintenance page
 */
record Frontage(List<String> domains, boolean maintenance) {
    static final Frontage NONE = new Frontage(List.of(), false);

    Frontage {
        domains = ImmutableList.copyOf(domains);
    }
}
