package io.procmodel.export;

/** Text for a POSIX shell. */
final class ShellText {
    private ShellText() {}

    /** As one word that means exactly this text: in single quotes, where nothing is special but the quote itself. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
