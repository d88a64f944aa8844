/**
 * What a reader asks of a line, as a tree of small conditions. Internal; open
 * {@link io.procmodel.logplex.filter.Condition} first.
 */
@NullMarked
package io.procmodel.logplex.filter;

import org.jspecify.annotations.NullMarked;
