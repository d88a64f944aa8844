/**
 * What this library costs, measured beside a peer in the same run. Run {@code java -jar benchmarks/target/benchmarks.jar}
 * with the name of a class.
 */
@NullMarked
package io.procmodel.benchmarks;

import org.jspecify.annotations.NullMarked;
