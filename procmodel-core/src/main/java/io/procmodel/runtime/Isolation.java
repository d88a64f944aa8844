package io.procmodel.runtime;

/** How far a dyno is kept apart from its host and from other dynos. */
public enum Isolation {
    /** Not at all: it sees the host's files and processes with the rights of the host's user. */
    NONE,
    /**
     * It has process ids, mounts and users of its own: its files are at {@code /app}, {@code /tmp} is private, the host's
     * files can be read but not written, or are hidden, other processes cannot be seen, and with its first process ends
     * every other. Needs {@link Capability#SANDBOX}, which needs no root.
     */
    SANDBOX
}
