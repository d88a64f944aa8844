package io.procmodel.log;

/** Which output of a process a line came from. */
public enum LogStream {
    /** Standard output and standard error in the exact order of writing (Heroku: LOG-1); also lines of the platform. */
    MERGED,
    /** Standard output alone, of a process whose outputs are read apart; the order against its errors is lost. */
    STDOUT,
    /** Standard error alone, of a process whose outputs are read apart. */
    STDERR
}
