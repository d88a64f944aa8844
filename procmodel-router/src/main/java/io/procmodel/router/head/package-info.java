/**
 * The head and the framing of a request, byte by byte, stricter than the codec behind it: whatever two parsers could read
 * in two ways is refused. Open {@link io.procmodel.router.head.RequestGuard} first.
 */
@NullMarked
package io.procmodel.router.head;

import org.jspecify.annotations.NullMarked;
