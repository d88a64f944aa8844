/**
 * Dynos as processes of this machine: sessions under a launcher, ports, fresh copies of the slug, output pumps. Open
 * {@link io.procmodel.runtime.local.LocalRuntime} first.
 */
@NullMarked
package io.procmodel.runtime.local;

import org.jspecify.annotations.NullMarked;
