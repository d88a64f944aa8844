package io.procmodel.log;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Who says a line: {@code app[web.1]} is what a dyno printed, {@code heroku[web.1]} what the platform says about that
 * dyno (Heroku: LOG-7, LOG-8). Both names are 1 to 48 and 1 to 128 printable ASCII characters without brackets, so
 * that they fit a syslog header and a line can be taken apart again.
 *
 * @param source the kind of speaker: {@code app}, {@code heroku}, or an add-on's own name
 * @param process who of that kind: a dyno name, or {@code router}, {@code api}, {@code logplex}
 * @param stream which output of the process
 */
public record LogOrigin(String source, String process, LogStream stream) {
    private static final Pattern SOURCE = Pattern.compile("[!-~&&[^\\[\\]]]{1,48}");
    private static final Pattern PROCESS = Pattern.compile("[!-~&&[^\\[\\]]]{1,128}");

    /**
     * Checks both names.
     *
     * @throws InvalidValueException if a name cannot stand in a log line
     */
    public LogOrigin {
        check("log source", source, SOURCE, "1 to 48 printable ASCII characters without space or brackets");
        check("log process", process, PROCESS, "1 to 128 printable ASCII characters without space or brackets");
        requireNonNull(stream, "stream");
    }

    /** An origin whose outputs are merged. */
    public LogOrigin(String source, String process) {
        this(source, process, LogStream.MERGED);
    }

    /** What a dyno printed: {@code app[web.1]}. */
    public static LogOrigin app(String dyno) {
        return new LogOrigin("app", dyno);
    }

    /** What the platform says about a dyno or one of its own parts: {@code heroku[web.1]}, {@code heroku[router]}. */
    public static LogOrigin heroku(String process) {
        return new LogOrigin("heroku", process);
    }

    /** Who changed the app and how: {@code app[api]} (Heroku: LOG-10). */
    public static LogOrigin api() {
        return app("api");
    }

    /** The same speaker on another output. */
    public LogOrigin on(LogStream other) {
        return new LogOrigin(source, process, other);
    }

    /**
     * Whether the process is named {@code name} or is one of that process type: {@code web} covers {@code web} and
     * {@code web.1}, never {@code webhook.1} (Heroku: LOG-15).
     */
    public boolean isOfProcessType(String name) {
        return process.startsWith(name) && (process.length() == name.length() || process.charAt(name.length()) == '.');
    }

    /** As it stands in a log line: {@code app[web.1]}. */
    @Override
    public String toString() {
        return source + "[" + process + "]";
    }

    private static void check(String what, String value, Pattern grammar, String expected) {
        requireNonNull(value, what);
        if (!grammar.matcher(value).matches()) {
            throw new InvalidValueException(what, value, expected);
        }
    }
}
