package io.procmodel.release;

import java.nio.file.Path;

/**
 * The end of a ledger's log was cut off when it was opened, because a write was interrupted there. {@code lost} is 0 after
 * a crash: nobody had been promised what was cut. It is more when the disk did not keep what it had confirmed, or when
 * somebody shortened the file.
 *
 * @param file the log
 * @param offset where it ends now, in bytes
 * @param bytes how many bytes were cut off
 * @param lost how many acknowledged records are missing
 */
public record TornTail(Path file, long offset, long bytes, long lost) {}
