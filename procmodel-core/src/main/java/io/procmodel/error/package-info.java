/**
 * The root of every error of the library and the few errors that belong to no single package. Open
 * {@link io.procmodel.error.ProcModelException} first.
 */
@NullMarked
package io.procmodel.error;

import org.jspecify.annotations.NullMarked;
