/**
 * The seam where dynos run: a runtime starts a dyno and tells what becomes of it, and decides nothing. Open
 * {@link io.procmodel.runtime.DynoRuntime} first.
 */
@NullMarked
package io.procmodel.runtime;

import org.jspecify.annotations.NullMarked;
