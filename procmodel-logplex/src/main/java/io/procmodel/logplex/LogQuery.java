package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogLevel;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.filter.Condition;
import io.procmodel.logplex.ring.Line;
import io.procmodel.logplex.ring.Micros;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Which lines a reader asks for, and how many of the history: {@code LogQuery.processType("worker").last(50)}.
 * Immutable. The number counts lines that match, so fifty are found if the history holds fifty (unlike Heroku:
 * LOG-17).
 */
public final class LogQuery {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Condition condition;
    private final int limit;

    private LogQuery(Condition condition, int limit) {
        this.condition = condition;
        this.limit = limit;
    }

    /**
     * Reads the text form: terms that all must hold, such as {@code source=app type=web text~"time ?out" last=50}.
     *
     * <ul>
     *   <li>{@code source=app}, {@code dyno=web.1}, {@code type=web}, {@code stream=stderr} (or stdout, merged)
     *   <li>{@code level=warn}, {@code level>=warn} (trace, debug, info, warn, error)
     *   <li>{@code since=2026-01-02T03:04:05Z}, {@code until=}…
     *   <li>{@code text:failed} for a text that is contained, {@code text~"job \\d+"} for a pattern
     *   <li>{@code not}, {@code or}, which binds less than the rest, and parentheses
     *   <li>{@code last=50}, at the end only
     * </ul>
     *
     * <p>A value with spaces, quotes or parentheses stands in double quotes, in which a backslash takes the next
     * character as it is. The empty text asks for every line.
     *
     * @throws LogQueryException if the text is none of this; it names the column and what was expected there
     */
    public static LogQuery parse(String text) {
        return LogQueryParser.parse(text);
    }

    /** Every line. */
    public static LogQuery all() {
        return of(new Condition.Everything());
    }

    /** Lines of one source, exactly: {@code app}, {@code heroku} (Heroku: LOG-15). */
    public static LogQuery source(String source) {
        return of(new Condition.OfSource(requireNonNull(source, "source")));
    }

    /** Lines of and about the dyno with this name, exactly: {@code web.1}; also of {@code router}, {@code api}. */
    public static LogQuery dyno(String dyno) {
        return of(new Condition.OfProcess(requireNonNull(dyno, "dyno")));
    }

    /**
     * Lines of and about all dynos of a process type: {@code web} asks for {@code web} and {@code web.1}, not for
     * {@code webhook.1} (Heroku: LOG-15).
     */
    public static LogQuery processType(String type) {
        return of(new Condition.OfProcessType(requireNonNull(type, "type")));
    }

    /** Lines of one output. What is merged matches {@link LogStream#MERGED} only. */
    public static LogQuery stream(LogStream stream) {
        return of(new Condition.OfStream(requireNonNull(stream, "stream")));
    }

    /**
     * Lines of exactly this level. A line's level is the one that its text names in a shape that logging libraries write: a
     * JSON object's {@code level}, {@code level=warn}, {@code <4>}, {@code [warn]}, {@code warning:} at its start, or
     * {@code WARN} as a word of its own. A line that names none is a warning if it was read from standard error alone, and
     * information otherwise.
     */
    public static LogQuery level(LogLevel level) {
        return of(new Condition.OfLevel(level, level));
    }

    /** Lines of this level, found as {@link #level} says, or of a more serious one. */
    public static LogQuery atLeast(LogLevel level) {
        return of(new Condition.OfLevel(level, LogLevel.ERROR));
    }

    /** Lines at this instant or later. */
    public static LogQuery since(Instant instant) {
        return of(new Condition.Since(Micros.of(instant)));
    }

    /** Lines before this instant. */
    public static LogQuery until(Instant instant) {
        return of(new Condition.Until(Micros.of(instant)));
    }

    /** Lines that contain a text, compared byte by byte with its UTF-8 form. */
    public static LogQuery contains(String text) {
        return of(new Condition.Contains(text));
    }

    /** Lines in whose text the pattern is found. */
    public static LogQuery matching(Pattern pattern) {
        return of(new Condition.Matches(requireNonNull(pattern, "pattern")));
    }

    /** Lines that both queries ask for; the smaller of their numbers holds. */
    public LogQuery and(LogQuery other) {
        return new LogQuery(Condition.Both.of(condition, other.condition), Math.min(limit, other.limit));
    }

    /** Lines that at least one of the queries asks for; the smaller of their numbers holds. */
    public LogQuery or(LogQuery other) {
        return new LogQuery(Condition.Either.of(condition, other.condition), Math.min(limit, other.limit));
    }

    /** Lines that this query does not ask for; the number stays. */
    public LogQuery not() {
        return new LogQuery(new Condition.Not(condition), limit);
    }

    /**
     * The same lines, but of the history only the newest {@code lines}: 0 leaves the history out, for a tail of new
     * lines.
     *
     * @throws InvalidValueException if {@code lines} is negative
     */
    public LogQuery last(int lines) {
        if (lines < 0) {
            throw new InvalidValueException("number of lines", String.valueOf(lines), "0 or more");
        }
        return new LogQuery(condition, lines);
    }

    boolean matches(Line line) {
        return condition.test(line);
    }

    int limit() {
        return limit;
    }

    boolean isLimited() {
        return limit != NO_LIMIT;
    }

    private static LogQuery of(Condition condition) {
        return new LogQuery(condition, NO_LIMIT);
    }
}
