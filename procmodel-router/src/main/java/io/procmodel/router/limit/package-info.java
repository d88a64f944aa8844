/**
 * What a router allows: how long, how many, and which optional behaviours. Open
 * {@link io.procmodel.router.limit.Times} and {@link io.procmodel.router.limit.Counts} first.
 */
@NullMarked
package io.procmodel.router.limit;

import org.jspecify.annotations.NullMarked;
