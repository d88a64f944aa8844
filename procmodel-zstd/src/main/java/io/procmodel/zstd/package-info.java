/**
 * Slugs compressed with Zstandard, by several threads, in native code that the module brings along. Open
 * {@link io.procmodel.zstd.ZstdCompression} first.
 */
@NullMarked
package io.procmodel.zstd;

import org.jspecify.annotations.NullMarked;
