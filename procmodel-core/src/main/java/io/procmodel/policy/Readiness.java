package io.procmodel.policy;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a web dyno has to show before it is up and gets requests: an open port (Heroku: DYN-7), and more if the host asks for
 * more. It has the app's boot timeout for all of it (R10). Dynos of other types are up when they have started.
 */
public sealed interface Readiness {
    /** Heroku's: something accepts connections on {@code $PORT}. */
    Readiness PORT = new Port();

    /** How long one answer and one run of a command may take if nothing else is said. */
    Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The port is open, and a GET of this path is answered with a status from 200 to 399 within five seconds; it is asked
     * again until it is.
     *
     * @throws InvalidValueException if it is no path
     */
    static Readiness http(String path) {
        return new HttpPath(path, USUAL_TIMEOUT);
    }

    /**
     * The port is open, and the dyno has printed a line in which this regular expression is found, before or after. Only the
     * first 8 KiB of each line are looked at.
     *
     * @throws InvalidValueException if it is no regular expression
     */
    static Readiness logLine(String regex) {
        return new LogLine(regex);
    }

    /**
     * The port is open, and this command for a shell ends with status 0 within five seconds; it is run again until it does.
     * One that takes longer is killed with all that it started. It runs beside the dyno, as isolated, on a fresh copy of the
     * app, with the dyno's variables, {@code PORT} included. What it prints is not kept.
     *
     * @throws InvalidValueException if it is blank
     */
    static Readiness command(String command) {
        return new Command(command, USUAL_TIMEOUT);
    }

    /** {@link #PORT}. */
    record Port() implements Readiness {
        @Override
        public String toString() {
            return "an open port";
        }
    }

    /**
     * {@link #http}.
     *
     * @param path from the slash on, perhaps with a query
     * @param timeout how long one answer may take
     */
    record HttpPath(String path, Duration timeout) implements Readiness {
        /** Checks both. */
        public HttpPath {
            if (!isPath(path)) {
                throw new InvalidValueException(
                        "readiness path", path, "a path that begins with one slash, such as /up");
            }
            checkTimeout(timeout);
        }

        private static boolean isPath(String path) {
            try {
                URI uri = new URI("http://127.0.0.1" + path);
                return path.startsWith("/") && !path.startsWith("//") && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "GET " + path;
        }
    }

    /**
     * {@link #logLine}.
     *
     * @param regex found somewhere in the line
     */
    record LogLine(String regex) implements Readiness {
        /** Checks the expression. */
        public LogLine {
            try {
                Pattern.compile(regex);
            } catch (PatternSyntaxException e) {
                throw new InvalidValueException("readiness line", regex, "a regular expression: " + e.getDescription());
            }
        }

        @Override
        public String toString() {
            return "a line with " + regex;
        }
    }

    /**
     * {@link #command}.
     *
     * @param command for a shell
     * @param timeout how long one run may take
     */
    record Command(String command, Duration timeout) implements Readiness {
        /** Checks both. */
        public Command {
            if (command.isBlank() || command.indexOf('\0') >= 0) {
                throw new InvalidValueException(
                        "readiness command", command, "a command for a shell, not blank and without NUL");
            }
            checkTimeout(timeout);
        }

        @Override
        public String toString() {
            return "status 0 of `" + command + "`";
        }
    }

    private static void checkTimeout(Duration timeout) {
        requireNonNull(timeout, "timeout");
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new InvalidValueException("timeout of a readiness check", timeout.toString(), "1 ms to 1 h");
        }
    }
}
