/**
 * What a log line is and where it goes: sinks take chunks of raw bytes of a named origin, and hand back entries. Open
 * {@link io.procmodel.log.LogSink} first.
 */
@NullMarked
package io.procmodel.log;

import org.jspecify.annotations.NullMarked;
