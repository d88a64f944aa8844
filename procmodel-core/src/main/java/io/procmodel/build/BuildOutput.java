package io.procmodel.build;

/**
 * Takes what a build says, line by line, while it runs: for a terminal, a log, the client of a push. Lines come from one
 * thread at a time, in order, and the build waits for each call; an exception from here does not stop the build.
 */
@FunctionalInterface
public interface BuildOutput {
    /** Takes one line, complete with its marker or indent and without a line end. */
    void line(String line);

    /** An output that nobody reads. */
    static BuildOutput discarding() {
        return line -> {};
    }

    /** Announces a step: {@code -----> text} (Heroku: BLD-20). */
    default void step(String text) {
        line("-----> " + text);
    }

    /** Adds a detail to the step: the text, indented by seven blanks (Heroku: BLD-20). */
    default void detail(String text) {
        line("       " + text);
    }

    /** Warns, or tells why the build fails: <code> !     text</code> (Heroku: BLD-20). */
    default void warning(String text) {
        line(" !     " + text);
    }
}
