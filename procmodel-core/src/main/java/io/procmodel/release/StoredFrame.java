package io.procmodel.release;

import com.google.common.hash.HashCode;

/** A sound frame where it was found: its offset in the file and the hash that its successor names. */
record StoredFrame(long offset, Frame frame, HashCode hash) {}
