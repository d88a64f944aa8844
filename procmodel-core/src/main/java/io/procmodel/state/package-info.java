/**
 * What an app has besides its releases, kept as small named documents: formation, add-ons, maintenance, domains. An SPI;
 * open {@link io.procmodel.state.AppStateStore} first.
 */
@NullMarked
package io.procmodel.state;

import org.jspecify.annotations.NullMarked;
