package io.procmodel.router.exchange;

import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;

/** Header names and words that the codec has no constants for. */
final class Names {
    static final AsciiString X_FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
    static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
    static final AsciiString X_FORWARDED_PORT = AsciiString.cached("X-Forwarded-Port");
    static final AsciiString X_REQUEST_ID = AsciiString.cached("X-Request-Id");
    static final AsciiString X_REQUEST_START = AsciiString.cached("X-Request-Start");
    static final AsciiString CONNECT_TIME = AsciiString.cached("Connect-Time");
    static final AsciiString TOTAL_ROUTE_TIME = AsciiString.cached("Total-Route-Time");
    static final AsciiString VIA = AsciiString.cached("Via");
    static final AsciiString CONNECTION = AsciiString.cached("Connection");
    static final AsciiString PROXY = AsciiString.cached("Proxy");
    static final AsciiString UPGRADE = AsciiString.cached("Upgrade");
    static final AsciiString KEEP_ALIVE = AsciiString.cached("Keep-Alive");
    static final String VIA_VALUE = "1.1 procmodel";

    /** What a {@code Connection} header cannot have removed: who asks for what, and how the body is framed. */
    private static final Set<String> PROTECTED = Set.of(
            "host",
            "cookie",
            "set-cookie",
            "authorization",
            "content-length",
            "content-type",
            "transfer-encoding",
            "trailer",
            "via",
            "date",
            "expect",
            "x-request-id",
            "x-request-start",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-host");

    private static final AsciiString[] UNDERSCORED = {
        AsciiString.cached("X_Forwarded_For"),
        AsciiString.cached("X_Forwarded_Proto"),
        AsciiString.cached("X_Forwarded_Port"),
        AsciiString.cached("X_Forwarded_Host"),
        AsciiString.cached("X_Request_Id"),
        AsciiString.cached("X_Request_Start")
    };

    private static final AsciiString[] HOP_BY_HOP = {
        CONNECTION,
        KEEP_ALIVE,
        AsciiString.cached("Proxy-Connection"),
        AsciiString.cached("Proxy-Authorization"),
        AsciiString.cached("TE"),
        UPGRADE,
        AsciiString.cached("HTTP2-Settings")
    };

    private Names() {}

    /** What ends at each connection. */
    static AsciiString[] hopByHop() {
        return HOP_BY_HOP;
    }

    /** Other spellings of the router's own headers, which CGI-like servers read as the same. */
    static AsciiString[] underscored() {
        return UNDERSCORED;
    }

    static boolean isProtected(String name) {
        return PROTECTED.contains(name.toLowerCase(Locale.ROOT));
    }
}
