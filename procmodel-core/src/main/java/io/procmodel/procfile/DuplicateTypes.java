package io.procmodel.procfile;

/** What happens when several lines declare the same process type. */
public enum DuplicateTypes {
    /** An error that names both lines. */
    REFUSE,
    /** The first declaration counts, with a warning. */
    FIRST_WINS,
    /** The last declaration counts, at the place of the first, with a warning. */
    LAST_WINS,
    /** All are kept, in file order, with a warning; foreman then starts all of them. */
    KEEP_ALL
}
