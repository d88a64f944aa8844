/**
 * Measurements, not published. Open {@link io.procmodel.benchmarks.ProcfileBenchmark} for what reading a Procfile costs.
 */
@NullMarked
package io.procmodel.benchmarks;

import org.jspecify.annotations.NullMarked;
