package io.procmodel.logplex.filter;

import io.procmodel.log.LogLevel;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.ring.Line;

/** The level of a line: what its text says; else that of errors read apart; else information. */
public final class LineLevel {
    private LineLevel() {}

    /** The level of a line. */
    public static LogLevel of(Line line) {
        return of(line.origin(), line.text());
    }

    /** The level of a text that somebody said. */
    public static LogLevel of(LogOrigin origin, String text) {
        LogLevel said = LevelText.find(text);
        return said != null ? said : ofOrigin(origin);
    }

    /** Errors of a dyno whose outputs are apart, and notices of losses, are warnings. */
    private static LogLevel ofOrigin(LogOrigin origin) {
        boolean notice = origin.source().equals("heroku") && origin.process().equals("logplex");
        return origin.stream() == LogStream.STDERR || notice ? LogLevel.WARN : LogLevel.INFO;
    }
}
