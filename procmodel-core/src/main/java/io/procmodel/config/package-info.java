/**
 * Config vars: an immutable, ordered map whose values never print, and the rules for its keys and its size. Open
 * {@link io.procmodel.config.ConfigVars} first.
 */
@NullMarked
package io.procmodel.config;

import org.jspecify.annotations.NullMarked;
