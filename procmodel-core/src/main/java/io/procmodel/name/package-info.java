/**
 * Names that more than one package needs, parsed once at the edge. Open {@link io.procmodel.name.AppName} first.
 */
@NullMarked
package io.procmodel.name;

import org.jspecify.annotations.NullMarked;
