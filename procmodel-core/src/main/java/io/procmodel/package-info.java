/**
 * The fluent entry: a {@link io.procmodel.Platform} is opened on a home directory and holds {@link io.procmodel.App}s,
 * whose topics and methods carry the names of the platform's command line. Open {@link io.procmodel.Platform} first.
 */
@NullMarked
package io.procmodel;

import org.jspecify.annotations.NullMarked;
