package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogEntry;
import io.procmodel.logplex.ring.Line;
import java.util.function.Function;

/** The forms in which lines stand in a file. */
final class LineTexts {
    private LineTexts() {}

    /** Heroku's line, with the content byte for byte (Heroku: LOG-6). */
    static LineText heroku() {
        Timestamps timestamps = new Timestamps();
        return (line, target) -> target.put(timestamps.of(line.micros()))
                .put(' ')
                .latin(line.origin().toString())
                .put(':')
                .put(' ')
                .content(line)
                .put('\n');
    }

    /** Any other form, in UTF-8. */
    static LineText of(Function<LogEntry, String> format) {
        return (Line line, EncodedLines target) ->
                target.put(format.apply(line.toEntry()).getBytes(UTF_8)).put('\n');
    }
}
