/**
 * Files that outlive a crash and that nobody else can read: durable replacement, private modes, whole-tree removal. Not
 * exported. Open {@link io.procmodel.file.DurableFiles} first.
 */
@NullMarked
package io.procmodel.file;

import org.jspecify.annotations.NullMarked;
