package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.drain.LineGrouper;
import io.procmodel.logplex.drain.LineGrouper.Place;
import io.procmodel.logplex.ring.Line;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which lines of a dyno are one message to a drain, such as those of a stack trace. The stream keeps the lines as they
 * are; a group ends when another begins, after half a second without a line, and at 1,000 lines or 256 KiB. Immutable.
 */
public final class MultiLine {
    private static final Pattern JAVA =
            Pattern.compile("^(?:\\s+(?:at |\\.\\.\\. \\d+ |Suppressed: )|\\s*Caused by: )");
    private static final Pattern PYTHON = Pattern.compile(
            "^(?:\\s+|Traceback \\(most recent call last\\)|\\w[\\w.]*(?:Error|Exception|Warning|Interrupt|Exit)\\b)");
    private static final Pattern GO =
            Pattern.compile("^(?:\\s|goroutine \\d+ |$|\\S+\\(.*\\)$|created by |exit status )");

    private final Function rule;
    private final Predicate<LogOrigin> covered;

    private interface Function {
        Place placeOf(String text);
    }

    private MultiLine(Function rule, Predicate<LogOrigin> covered) {
        this.rule = rule;
        this.covered = covered;
    }

    /** A line in which the pattern is found begins a message; all others belong to the one before. */
    public static MultiLine first(Pattern pattern) {
        return of(pattern, Place.FIRST, Place.MORE);
    }

    /** A line in which the pattern is found ends a message. */
    public static MultiLine last(Pattern pattern) {
        return of(pattern, Place.LAST, Place.MORE);
    }

    /** A line in which the pattern is found belongs to the message before; all others begin one. */
    public static MultiLine continued(Pattern pattern) {
        return of(pattern, Place.MORE, Place.FIRST);
    }

    /** A line in which the pattern is found does not end its message; all others do. */
    public static MultiLine unfinished(Pattern pattern) {
        return of(pattern, Place.MORE, Place.LAST);
    }

    /** Stack traces of the JVM with the line before them. */
    public static MultiLine java() {
        return continued(JAVA);
    }

    /** Tracebacks of Python, from their first line to the exception. */
    public static MultiLine python() {
        return continued(PYTHON);
    }

    /** Panics of Go with their goroutines. */
    public static MultiLine go() {
        return continued(GO);
    }

    /** The same for some dynos only; lines of the others are messages of their own. */
    public MultiLine only(Predicate<LogOrigin> origins) {
        return new MultiLine(rule, covered.and(requireNonNull(origins, "origins")));
    }

    Place placeOf(Line line) {
        return covered.test(line.origin()) ? rule.placeOf(line.text()) : Place.ALONE;
    }

    private static MultiLine of(Pattern pattern, Place found, Place notFound) {
        requireNonNull(pattern, "pattern");
        return new MultiLine(text -> pattern.matcher(text).find() ? found : notFound, origin -> true);
    }

    static LineGrouper none() {
        return new LineGrouper(null);
    }

    LineGrouper grouper() {
        return new LineGrouper(this::placeOf);
    }
}
