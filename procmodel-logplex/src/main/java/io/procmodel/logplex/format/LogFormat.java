package io.procmodel.logplex.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogEntry;
import java.time.ZoneId;

/** A way to write an entry as one line of text, without line feed. Implementations are thread-safe. */
@FunctionalInterface
public interface LogFormat {
    /** Writes an entry. */
    String format(LogEntry entry);

    /** Heroku's line, {@code 2026-01-02T03:04:05.678901+00:00 app[web.1]: text} (Heroku: LOG-6). */
    static LogFormat heroku() {
        return LogEntry::toString;
    }

    /**
     * The line of foreman, {@code 03:04:05 web.1    | text}. What the platform says about a dyno stands under
     * {@code heroku[web.1]}; the column widens when a longer name comes.
     *
     * @param zone the reader's time zone
     */
    static LogFormat foreman(ZoneId zone) {
        return new ForemanFormat(zone, false);
    }

    /**
     * The line of foreman with time and name in the colour of the process type. A type has the same colour in every
     * run. Whether the reader wants colours ({@code NO_COLOR}, no terminal) is for the caller to find out.
     *
     * @param zone the reader's time zone
     */
    static LogFormat foremanInColour(ZoneId zone) {
        return new ForemanFormat(zone, true);
    }

    /**
     * One JSON object per line, all in ASCII, with {@code seq}, {@code time}, {@code source}, {@code process},
     * {@code stream}, {@code part} and {@code text}; and {@code base64} when the bytes are not valid UTF-8 and the text
     * therefore does not tell all.
     */
    static LogFormat json() {
        return JsonFormat::format;
    }

    /** The same format of lines from which the terminal's escape sequences, such as colours, have been taken out. */
    default LogFormat withoutEscapes() {
        return entry -> {
            byte[] plain = EscapeSequences.strip(entry.text()).getBytes(UTF_8);
            return format(LogEntry.of(entry.seq(), entry.time(), entry.origin(), entry.part(), plain, 0, plain.length));
        };
    }
}
