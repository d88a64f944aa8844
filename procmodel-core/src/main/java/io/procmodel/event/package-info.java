/**
 * What a host can watch: a sealed family of records, one per thing that happened. Open
 * {@link io.procmodel.event.PlatformEvent} first.
 */
@NullMarked
package io.procmodel.event;

import org.jspecify.annotations.NullMarked;
