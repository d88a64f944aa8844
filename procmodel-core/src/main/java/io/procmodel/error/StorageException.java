package io.procmodel.error;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The disk or the database refused: something of the library could not be read, written or synced. What had been durable
 * before still is.
 */
public final class StorageException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error with the message {@code cannot action path: cause}.
     *
     * @param action what was tried, for example {@code write}
     * @param path the file or directory
     * @param cause the failure
     */
    public StorageException(String action, Path path, IOException cause) {
        super("cannot " + action + " " + path + ": " + describe(cause), cause);
    }

    /**
     * Creates the error with the message {@code cannot action place: cause}.
     *
     * @param action what was tried, for example {@code append to}
     * @param place where, for example {@code the release ledger of shop}
     * @param cause the failure, whose message holds no secret
     */
    public StorageException(String action, String place, Exception cause) {
        super("cannot " + action + " " + place + ": " + describe(cause), cause);
    }

    private static String describe(Exception cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }
}
