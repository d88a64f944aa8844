/**
 * Providers that are services of others: what their manifest says and how they are spoken to over HTTP. Open
 * {@link io.procmodel.addon.partner.PartnerProvider} first.
 */
@NullMarked
package io.procmodel.addon.partner;

import org.jspecify.annotations.NullMarked;
