/**
 * How a client's connection becomes one that speaks HTTP/1 or HTTP/2, plain or encrypted. Open
 * {@link io.procmodel.router.server.ClientPipeline} first.
 */
@NullMarked
package io.procmodel.router.server;

import org.jspecify.annotations.NullMarked;
