package io.procmodel.router.exchange;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final AsciiString[] HOP_BY_HOP = {
        CONNECTION,
        KEEP_ALIVE,
        AsciiString.cached("Proxy-Connection"),
        AsciiString.cached("Proxy-Authorization"),
        AsciiString.cached("TE"),
        UPGRADE,
        AsciiString.cached("HTTP2-Settings")
    };

    /** Besides those that are protected: what ends here, and what the router says itself. */
    private static final Set<String> RESERVED = Stream.concat(
                    Arrays.stream(HOP_BY_HOP), Stream.of(PROXY, CONNECT_TIME, TOTAL_ROUTE_TIME))
            .map(name -> name.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private Names() {}

    /** What ends at each connection. */
    static AsciiString[] hopByHop() {
        return HOP_BY_HOP;
    }

    /** Another spelling of a header that means something here, which CGI-like servers read as the same. */
    static boolean isLookAlike(CharSequence name) {
        return AsciiString.indexOf(name, '_', 0) >= 0
                && isReserved(name.toString().replace('_', '-'));
    }

    /** What has no business in a trailer: a server that merges trailers into headers would believe it. */
    static boolean isForbiddenInTrailer(CharSequence name) {
        return isReserved(name.toString()) || isLookAlike(name);
    }

    private static boolean isReserved(String name) {
        return isProtected(name) || RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isProtected(String name) {
        return PROTECTED.contains(name.toLowerCase(Locale.ROOT));
    }
}
