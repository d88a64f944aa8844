package io.procmodel.procfile;

/** How much a {@link Diagnostic} matters. */
public enum Severity {
    /** The file is refused. */
    ERROR,
    /** The file is read, but hardly as its author meant it, or another platform reads it otherwise. */
    WARNING,
    /** The file is read as meant here; some other platform rewrites the entry. */
    INFO
}
