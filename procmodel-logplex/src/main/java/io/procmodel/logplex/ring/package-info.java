/**
 * Where the lines of an app are kept: a ring of bytes with an index of primitives, and cursors that read it. Internal;
 * open {@link io.procmodel.logplex.ring.LineStream} first.
 */
@NullMarked
package io.procmodel.logplex.ring;

import org.jspecify.annotations.NullMarked;
