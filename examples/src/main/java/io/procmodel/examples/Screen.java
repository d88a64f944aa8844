package io.procmodel.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** Prints for people: headings, aligned rows, and colours where the terminal shows them and NO_COLOR does not forbid. */
final class Screen {
    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String GREEN = "32";
    private static final String MAGENTA = "35";
    private static final String CYAN = "36";
    private static final int NAME_WIDTH = 10;

    private final PrintStream out;
    private final boolean colours;

    private Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    static Screen of(PrintStream out, Map<String, String> environment) {
        return new Screen(out, showsColours(environment));
    }

    /** Whether standard output is a terminal that shows colours, and NO_COLOR does not forbid them. */
    static boolean showsColours(Map<String, String> environment) {
        boolean forbidden = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return !forbidden && !"dumb".equals(environment.get("TERM")) && standardOutputIsATerminal();
    }

    /** Asks the shell, because System.console() tells nothing about the output since JDK 22. */
    private static boolean standardOutputIsATerminal() {
        try {
            Process test = new ProcessBuilder("sh", "-c", "test -t 1")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return test.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void heading(String text) {
        out.println();
        out.println(paint(BOLD, text));
    }

    void step(String title, String call) {
        out.println();
        out.println(paint(BOLD, paint(GREEN, "* ") + title) + paint(DIM, "  " + call));
    }

    void note(String text) {
        out.println("  " + paint(DIM, text));
    }

    void row(String name, String text) {
        out.println("  " + paint(CYAN, String.format("%-" + NAME_WIDTH + "s", name)) + " " + text);
    }

    /** A line of the log, with the platform's own lines in another colour than the app's. */
    void logLine(String line) {
        out.println("  " + (line.contains(" heroku[") ? paint(MAGENTA, line) : line));
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
