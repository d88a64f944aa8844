/**
 * A Procfile as the files of another process manager: pure functions from Procfile, formation and environment to text.
 * Open {@link io.procmodel.export.Export} first.
 */
@NullMarked
package io.procmodel.export;

import org.jspecify.annotations.NullMarked;
