/**
 * Small host programs, one idea each. Open {@link io.procmodel.examples.Quickstart} first.
 */
@NullMarked
package io.procmodel.examples;

import org.jspecify.annotations.NullMarked;
