/**
 * One request from its head to its end. An exchange lives on one event loop for its whole life: the client's channel, the
 * dyno's channel, the pool of idle connections and the deadlines are all of that loop, so nothing here is locked. Open
 * {@link io.procmodel.router.exchange.Exchange} first.
 */
@NullMarked
package io.procmodel.router.exchange;

import org.jspecify.annotations.NullMarked;
