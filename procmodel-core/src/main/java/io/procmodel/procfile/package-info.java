/**
 * Text to process types and {@code .env} to variables, with a position and a guessed cause for every complaint. Open
 * {@link io.procmodel.procfile.Procfile} first.
 */
@NullMarked
package io.procmodel.procfile;

import org.jspecify.annotations.NullMarked;
