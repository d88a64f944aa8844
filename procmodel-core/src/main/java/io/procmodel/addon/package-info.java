/**
 * Add-ons: resources of a provider that bring config vars to apps under an attachment's name, and the seam behind which
 * providers are. Open {@link io.procmodel.addon.AddOnProvider} first, then {@link io.procmodel.addon.AddOn}.
 */
@NullMarked
package io.procmodel.addon;

import org.jspecify.annotations.NullMarked;
