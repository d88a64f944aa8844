/**
 * Add-ons: services that bring config vars to an app under an attachment's name. Open
 * {@link io.procmodel.addon.Attachment} first.
 */
@NullMarked
package io.procmodel.addon;

import org.jspecify.annotations.NullMarked;
