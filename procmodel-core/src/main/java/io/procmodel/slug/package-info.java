/**
 * A runnable app as one reproducible archive that is named by its content, and the places where such archives are kept.
 * Open {@link io.procmodel.slug.Slug} first, then {@link io.procmodel.slug.SlugStore}.
 */
@NullMarked
package io.procmodel.slug;

import org.jspecify.annotations.NullMarked;
