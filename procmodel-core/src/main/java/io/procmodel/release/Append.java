package io.procmodel.release;

import java.util.Optional;

/**
 * A record that was decided and is to be written.
 *
 * @param head what it means for the index
 * @param payload its bytes
 * @param config the config vars of the newest release from here on
 * @param release the release that it makes, or empty for a change of status
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared or shown
record Append(RecordHead head, byte[] payload, HeldConfig config, Optional<Release> release) {}
