/**
 * Which app a host name means, which dynos it has, and who waits for one. Open
 * {@link io.procmodel.router.table.RouteTable} first; shared by all event loops.
 */
@NullMarked
package io.procmodel.router.table;

import org.jspecify.annotations.NullMarked;
