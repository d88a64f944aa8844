/**
 * The bars that logplex must clear, each beside its baselines in turn within one run. {@link
 * io.procmodel.benchmarks.logplex.LogplexBars} runs them by name and prints a row for each.
 */
@NullMarked
package io.procmodel.benchmarks.logplex;

import org.jspecify.annotations.NullMarked;
