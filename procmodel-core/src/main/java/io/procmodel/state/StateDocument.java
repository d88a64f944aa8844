package io.procmodel.state;

/**
 * A document of app state as it was read or saved. It may hold secrets, so it prints its revision and size alone.
 *
 * @param text what it says, in a form of its owner's choice
 * @param revision grows with each save; what the next save is based on
 */
public record StateDocument(String text, long revision) {
    /** For example {@code revision 3, 120 characters}. */
    @Override
    public String toString() {
        return "revision " + revision + ", " + text.length() + " characters";
    }
}
