package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.ring.Line;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes lines as syslog messages (RFC 5424) of the form that Heroku sends, each with its length before it (RFC 6587) and a
 * line feed that is counted, so that receivers which count and those which look for line feeds both understand. Not
 * thread-safe.
 */
final class SyslogEncoder {
    private static final int MOST_HEADERS = 10_000;
    private static final int LOCAL_0 = 16 << 3;
    private static final int LOCAL_3 = 19 << 3;
    private static final int LOCAL_5 = 21 << 3;
    private static final int LOCAL_7 = 23 << 3;
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int INFO = 6;

    private final String host;
    private final String afterProcess;
    private final Timestamps timestamps = new Timestamps();
    private final Map<LogOrigin, Header> headers = new HashMap<>();

    /** What is the same in all messages of an origin, on either side of the timestamp. */
    private static final class Header {
        private final byte[] before;
        private final byte[] after;

        Header(String before, String after) {
            this.before = before.getBytes(US_ASCII);
            this.after = after.getBytes(US_ASCII);
        }
    }

    private SyslogEncoder(String host, String afterProcess) {
        this.host = host;
        this.afterProcess = afterProcess;
    }

    /** RFC 5424 as it stands: the host is the drain's token, the structured data is {@code -} (Heroku: LOG-29). */
    static SyslogEncoder rfc5424(String token) {
        return new SyslogEncoder(token, " - - ");
    }

    /** What Heroku posts over HTTP: the host is the word {@code host}, and the structured data is missing (Heroku: LOG-30). */
    static SyslogEncoder logplex() {
        return new SyslogEncoder("host", " - ");
    }

    void encode(Line line, EncodedLines target) {
        Header header = header(line.origin());
        target.decimal(header.before.length + Timestamps.LENGTH + header.after.length + line.length() + 1)
                .put(' ')
                .put(header.before)
                .put(timestamps.of(line.micros()))
                .put(header.after)
                .content(line)
                .put('\n');
    }

    private Header header(LogOrigin origin) {
        Header known = headers.get(origin);
        if (known == null) {
            if (headers.size() == MOST_HEADERS) {
                headers.clear();
            }
            known = new Header(
                    "<" + priority(origin) + ">1 ",
                    " " + host + " " + origin.source() + " " + origin.process() + afterProcess);
            headers.put(origin, known);
        }
        return known;
    }

    /** Heroku's priorities (Heroku: LOG-9); errors of a dyno whose outputs are apart are marked as such. */
    static int priority(LogOrigin origin) {
        if (origin.source().equals("heroku")) {
            return switch (origin.process()) {
                case "router" -> LOCAL_3 + INFO;
                case "logplex" -> LOCAL_5 + WARNING;
                default -> LOCAL_0 + INFO;
            };
        }
        if (origin.equals(LogOrigin.api())) {
            return LOCAL_0 + NOTICE;
        }
        return LOCAL_7 + (origin.stream() == LogStream.STDERR ? ERROR : INFO);
    }
}
