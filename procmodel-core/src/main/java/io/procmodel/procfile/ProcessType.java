package io.procmodel.procfile;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;

/**
 * One entry of a Procfile: a name, such as {@code web}, and the shell command that its dynos run. Names are matched as
 * written (Heroku: PROC-6). The command is text for a shell and may be empty where a dialect keeps such entries.
 *
 * @param name letters, digits, {@code _} and {@code -} of ASCII, at least one
 * @param command the command, never expanded
 */
public record ProcessType(String name, String command) {
    /** The only type that gets HTTP requests (Heroku: PROC-11). */
    public static final String WEB = "web";

    /** The type reserved for the release phase; it is never scaled (Heroku: PROC-12). */
    public static final String RELEASE = "release";

    /**
     * Checks the name.
     *
     * @throws InvalidValueException if {@code name} is empty or has another character
     */
    public ProcessType {
        requireNonNull(command, "command");
        if (name.isEmpty() || Characters.endOfName(name, 0, name.length()) < name.length()) {
            throw new InvalidValueException("process type", name, "letters, digits, '_' and '-'");
        }
    }
}
