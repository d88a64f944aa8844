/**
 * How many dynos of which size each process type has, and the changes that people ask for. Open
 * {@link io.procmodel.formation.Formation} first.
 */
@NullMarked
package io.procmodel.formation;

import org.jspecify.annotations.NullMarked;
