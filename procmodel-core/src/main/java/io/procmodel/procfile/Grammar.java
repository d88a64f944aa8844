package io.procmodel.procfile;

/** How a dialect reads a text: which lines are entries, and what is wrong with the others. */
interface Grammar {
    /** How lines are found and cut. */
    LineRules lineRules();

    /** What happens to a type that is declared twice, unless the reader is told otherwise. */
    DuplicateTypes duplicates();

    /** Takes at least one line from {@code lines} and adds what it means to {@code reading}. */
    void read(Lines lines, Reading reading);

    /** Adds what only the whole text can tell, after its last line. */
    void finish(Reading reading);
}
