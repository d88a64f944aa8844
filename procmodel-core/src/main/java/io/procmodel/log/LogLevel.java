package io.procmodel.log;

/** How serious a line is, the least serious first; lines have no level but the one that their text or output tells. */
public enum LogLevel {
    /** Finer than what helps to find a mistake. */
    TRACE,
    /** What helps to find a mistake. */
    DEBUG,
    /** What happened; also every line that says nothing else. */
    INFO,
    /** What may become a mistake. */
    WARN,
    /** What failed. */
    ERROR
}
