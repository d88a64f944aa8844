package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes of a client's head the one that the dyno gets (Heroku: sections 4.6 and 4.7). */
final class UpstreamHead {
    private static final int MIN_ID = 20;
    private static final int MAX_ID = 200;

    private UpstreamHead() {}

    /**
     * What a head is rewritten with.
     *
     * @param forwardedFor the whole chain of senders
     * @param scheme of the client's connection
     * @param port that the client connected to
     * @param requestId the id
     * @param startMillis when the request came
     * @param upgrade whether it wants another protocol
     * @param keepExpect whether the dyno sees the expectation
     * @param keepAlive whether the connection may be used again
     */
    record Facts(
            String forwardedFor,
            String scheme,
            String port,
            String requestId,
            long startMillis,
            boolean upgrade,
            boolean keepExpect,
            boolean keepAlive) {}

    /** The client's id if it is a valid one, else a new one (Heroku: RTR-35). */
    static String requestId(HttpHeaders headers) {
        String given = headers.get(Names.X_REQUEST_ID);
        if (given != null && isValidId(given)) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static boolean isValidId(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!word && "+/=-".indexOf(c) < 0) {
                return false;
            }
        }
        return id.length() >= MIN_ID && id.length() <= MAX_ID;
    }

    /** All that others said, in one line, and then the peer. */
    static String forwardedFor(HttpHeaders headers, String peer) {
        if (!headers.contains(Names.X_FORWARDED_FOR)) {
            return peer;
        }
        String before = headers.getAll(Names.X_FORWARDED_FOR).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(", "));
        return before.isEmpty() ? peer : before + ", " + peer;
    }

    /** Rewrites the head for the dyno. */
    static void rewrite(HttpRequest request, Facts facts) {
        HttpHeaders headers = request.headers();
        String protocol = facts.upgrade() ? String.join(", ", headers.getAll(HttpHeaderNames.UPGRADE)) : "";
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
        removeHopByHop(headers);
        headers.remove(Names.PROXY);
        removeAll(headers, Names::isLookAlike);
        if (!facts.keepExpect()) {
            headers.remove(HttpHeaderNames.EXPECT);
        }
        if (facts.upgrade()) {
            headers.set(Names.CONNECTION, "Upgrade");
            headers.set(Names.UPGRADE, protocol);
        } else if (!facts.keepAlive()) {
            headers.set(Names.CONNECTION, HttpHeaderValues.CLOSE);
        }
        headers.set(Names.X_FORWARDED_FOR, facts.forwardedFor());
        headers.set(Names.X_FORWARDED_PROTO, facts.scheme());
        headers.set(Names.X_FORWARDED_PORT, facts.port());
        headers.set(Names.X_REQUEST_ID, facts.requestId());
        headers.set(Names.X_REQUEST_START, Long.toString(facts.startMillis()));
        appendVia(headers);
    }

    /** Removes what ends here, and whatever {@code Connection} names, unless that would change who asks for what. */
    static void removeHopByHop(HttpHeaders headers) {
        if (headers.contains(Names.CONNECTION)) {
            for (String value : headers.getAll(Names.CONNECTION)) {
                for (String token : value.split(",", -1)) {
                    String name = token.strip();
                    if (!name.isEmpty() && !Names.isProtected(name)) {
                        headers.remove(name);
                    }
                }
            }
        }
        for (CharSequence name : Names.hopByHop()) {
            headers.remove(name);
        }
    }

    /** Leaves in a trailer what may stand there. */
    static void cleanTrailer(HttpHeaders trailer) {
        if (!trailer.isEmpty()) {
            removeAll(trailer, Names::isForbiddenInTrailer);
        }
    }

    private static void removeAll(HttpHeaders headers, Predicate<CharSequence> which) {
        List<CharSequence> found = List.of();
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            CharSequence name = lines.next().getKey();
            if (which.test(name)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(name);
            }
        }
        found.forEach(headers::remove);
    }

    /** Adds the router to the chain (Heroku: RTR-36). */
    static void appendVia(HttpHeaders headers) {
        boolean chained = headers.contains(Names.VIA);
        String before = chained ? String.join(", ", headers.getAll(Names.VIA)) + ", " : "";
        headers.set(Names.VIA, before + Names.VIA_VALUE);
    }
}
