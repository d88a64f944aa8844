package io.procmodel.logplex.journal;

/**
 * How much a journal keeps and how sure it is.
 *
 * @param segmentBytes the size of one file
 * @param totalBytes the size of all files of an app
 * @param maxLineBytes where lines are cut
 * @param forces whether anything is forced to the disk
 */
public record JournalLimits(int segmentBytes, long totalBytes, int maxLineBytes, boolean forces) {}
