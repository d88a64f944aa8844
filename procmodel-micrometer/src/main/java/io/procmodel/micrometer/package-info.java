/**
 * What a platform and its logs do, as meters of Micrometer. Open {@link io.procmodel.micrometer.PlatformMetrics} and
 * {@link io.procmodel.micrometer.LogplexMetrics} first.
 */
@NullMarked
package io.procmodel.micrometer;

import org.jspecify.annotations.NullMarked;
