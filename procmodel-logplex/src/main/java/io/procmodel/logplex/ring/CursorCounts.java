package io.procmodel.logplex.ring;

/**
 * What has become of the lines that a cursor was to read, at one instant.
 *
 * @param name the cursor's name
 * @param offered lines from the cursor's start to the newest one
 * @param delivered lines that were handed to its reader
 * @param filtered lines that its reader did not ask for
 * @param dropped lines that were gone before it came to them, or that its reader refused for good
 * @param pending lines that it has still to read
 * @param failed calls at which its reader failed
 */
public record CursorCounts(
        String name, long offered, long delivered, long filtered, long dropped, long pending, long failed) {}
