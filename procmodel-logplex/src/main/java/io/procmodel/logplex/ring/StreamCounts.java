package io.procmodel.logplex.ring;

import java.util.List;

/**
 * The accounts of a stream at one instant.
 *
 * @param received lines that came in
 * @param appended lines that got a number
 * @param rejected lines that came when the stream was closed
 * @param lines lines that are kept
 * @param bytes bytes that they take
 * @param cursors the accounts of its cursors
 */
public record StreamCounts(
        long received, long appended, long rejected, long lines, long bytes, List<CursorCounts> cursors) {}
