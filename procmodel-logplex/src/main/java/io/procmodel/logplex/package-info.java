/**
 * One ordered, bounded, counted stream of lines per app, and the ways to read it. Open
 * {@link io.procmodel.logplex.Logplex} first.
 */
@NullMarked
package io.procmodel.logplex;

import org.jspecify.annotations.NullMarked;
