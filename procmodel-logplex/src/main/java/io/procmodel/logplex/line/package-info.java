/**
 * From chunks of bytes to lines: where a line ends, and where one that is too long or unfinished is cut. Internal; open
 * {@link io.procmodel.logplex.line.LineCutter} first.
 */
@NullMarked
package io.procmodel.logplex.line;

import org.jspecify.annotations.NullMarked;
