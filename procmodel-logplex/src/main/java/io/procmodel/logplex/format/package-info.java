/**
 * Log entries as text for people and programs. Open {@link io.procmodel.logplex.format.LogFormat} first.
 */
@NullMarked
package io.procmodel.logplex.format;

import org.jspecify.annotations.NullMarked;
