/**
 * Source to slug: fetch, leave out, detect, compile, find the process types, pack. Open
 * {@link io.procmodel.build.SlugBuilder} first, then {@link io.procmodel.build.Source} and
 * {@link io.procmodel.build.Buildpack}.
 */
@NullMarked
package io.procmodel.build;

import org.jspecify.annotations.NullMarked;
