package io.procmodel.logplex;

import io.procmodel.log.LogLevel;
import io.procmodel.log.LogStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The text form of a {@link LogQuery}, by recursive descent:
 *
 * <pre>
 * query  := [either] ["last=" number]
 * either := both {"or" both}
 * both   := one {["and"] one}
 * one    := "not" one | "(" either ")" | term
 * </pre>
 */
final class LogQueryParser {
    private final QueryText text;

    private LogQueryParser(QueryText text) {
        this.text = text;
    }

    static LogQuery parse(String text) {
        return new LogQueryParser(new QueryText(text)).query();
    }

    private LogQuery query() {
        LogQuery query = text.atEnd() || text.isNext("last=") ? LogQuery.all() : either();
        if (text.skip("last=")) {
            query = query.last(number());
        }
        if (!text.atEnd()) {
            throw text.unexpected("end of query, or '(', 'not', 'and', 'or', or a term");
        }
        return query;
    }

    private LogQuery either() {
        LogQuery query = both();
        while (text.skipWord("or")) {
            query = query.or(both());
        }
        return query;
    }

    private LogQuery both() {
        LogQuery query = one();
        while (!text.atEnd() && !text.isNext(")") && !text.isNextWord("or") && !text.isNext("last=")) {
            text.skipWord("and");
            query = query.and(one());
        }
        return query;
    }

    private LogQuery one() {
        if (text.skipWord("not")) {
            return one().not();
        }
        if (text.skip("(")) {
            LogQuery query = either();
            if (!text.skip(")")) {
                throw text.unexpected("')'");
            }
            return query;
        }
        return term();
    }

    private LogQuery term() {
        if (text.skip("source=")) {
            return LogQuery.source(text.value());
        }
        if (text.skip("dyno=")) {
            return LogQuery.dyno(text.value());
        }
        if (text.skip("type=")) {
            return LogQuery.processType(text.value());
        }
        if (text.skip("stream=")) {
            return LogQuery.stream(stream());
        }
        if (text.skip("level>=")) {
            return LogQuery.atLeast(level());
        }
        if (text.skip("level=")) {
            return LogQuery.level(level());
        }
        if (text.skip("since=")) {
            return LogQuery.since(instant());
        }
        if (text.skip("until=")) {
            return LogQuery.until(instant());
        }
        if (text.skip("text:")) {
            return LogQuery.contains(text.value());
        }
        if (text.skip("text~")) {
            return LogQuery.matching(pattern());
        }
        throw text.unexpected(
                "source=, dyno=, type=, stream=, level=, level>=, since=, until=, text:, text~, last=, 'not' or '('");
    }

    private LogStream stream() {
        String name = text.value();
        for (LogStream stream : LogStream.values()) {
            if (name.equals(stream.name().toLowerCase(Locale.ROOT))) {
                return stream;
            }
        }
        throw text.wrongValue("merged, stdout or stderr");
    }

    private LogLevel level() {
        String name = text.value();
        for (LogLevel level : LogLevel.values()) {
            if (name.equals(level.name().toLowerCase(Locale.ROOT))) {
                return level;
            }
        }
        throw text.wrongValue("trace, debug, info, warn or error");
    }

    private Instant instant() {
        try {
            return OffsetDateTime.parse(text.value()).toInstant();
        } catch (DateTimeException e) {
            throw text.wrongValue("a time with offset such as 2026-01-02T03:04:05Z");
        }
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(text.value());
        } catch (PatternSyntaxException e) {
            throw text.wrongValue("a regular expression; " + e.getDescription());
        }
    }

    private int number() {
        String digits = text.value();
        if (!digits.matches("[0-9]{1,9}")) {
            throw text.wrongValue("a number of lines, 0 to 999999999");
        }
        return Integer.parseInt(digits);
    }
}
