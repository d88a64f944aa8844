/**
 * Names, states and exits of a dyno: values only, no threads and no I/O. Open {@link io.procmodel.dyno.Dyno} first.
 */
@NullMarked
package io.procmodel.dyno;

import org.jspecify.annotations.NullMarked;
