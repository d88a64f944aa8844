package io.procmodel.router.report;

import io.procmodel.name.AppName;
import org.jspecify.annotations.Nullable;

/**
 * The log line of one request (Heroku: RTR-40 to RTR-43). Filled on an event loop, written on the log's thread.
 *
 * @param app the app whose log it goes to
 * @param code why it failed, or null
 * @param detail what is appended to the code's description, or the cause of H26; or empty
 * @param method the method
 * @param path the path with its query
 * @param host the host asked for
 * @param requestId the id that the dyno got too
 * @param forwardedFor who sent it, the last one as the router saw it
 * @param dyno the dyno, or empty
 * @param connect milliseconds of connecting, or -1
 * @param service milliseconds from sending to the end, or -1
 * @param status the status, or 0 if the client got none
 * @param bytes what came from the dyno, or -1
 * @param protocol {@code http1.1} and the like
 * @param tls whether the client's connection is encrypted
 * @param tlsVersion {@code tls1.3} and the like, or {@code unknown}
 */
public record RequestLine(
        AppName app,
        @Nullable HCode code,
        String detail,
        String method,
        String path,
        String host,
        String requestId,
        String forwardedFor,
        String dyno,
        long connect,
        long service,
        int status,
        long bytes,
        String protocol,
        boolean tls,
        String tlsVersion) {

    /** The line as it stands in the log. */
    public String text() {
        StringBuilder line = new StringBuilder(320);
        if (code != null) {
            appendCode(line, code);
        } else {
            line.append("at=info");
        }
        line.append(" method=");
        word(line, method);
        line.append(" path=");
        quoted(line, path);
        line.append(" host=");
        word(line, host);
        line.append(" request_id=").append(requestId).append(" fwd=");
        quoted(line, forwardedFor);
        line.append(" dyno=").append(dyno).append(" connect=");
        millis(line, connect);
        line.append(" service=");
        millis(line, service);
        line.append(" status=");
        if (status != 0) {
            line.append(status);
        }
        line.append(" bytes=");
        if (bytes >= 0) {
            line.append(bytes);
        }
        line.append(" protocol=").append(protocol).append(" tls=").append(tls);
        return line.append(" tls_version=").append(tlsVersion).toString();
    }

    private void appendCode(StringBuilder line, HCode failed) {
        if (!failed.socket().isEmpty()) {
            line.append("sock=").append(failed.socket()).append(' ');
        }
        line.append("at=")
                .append(failed.level())
                .append(" code=")
                .append(failed.name())
                .append(" desc=");
        boolean asCause = failed == HCode.H26;
        boolean more = !asCause && !detail.isEmpty();
        quoted(line, failed.description() + (more ? ": " + detail : ""));
        if (asCause && !detail.isEmpty()) {
            line.append(" cause=");
            quoted(line, detail);
        }
    }

    private static void millis(StringBuilder line, long value) {
        if (value >= 0) {
            line.append(value).append("ms");
        }
    }

    private static void quoted(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            escape(line, text.charAt(i));
        }
        line.append('"');
    }

    private static void escape(StringBuilder line, char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (c < ' ' || c == 0x7f) {
            line.append(String.format("\\x%02x", (int) c));
        } else {
            line.append(c);
        }
    }

    /** What stands without quotes must not look like the next field. */
    private static void word(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(c > ' ' && c < 0x7f && c != '"' && c != '=' ? c : '_');
        }
    }
}
