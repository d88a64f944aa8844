package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.procmodel.router.head.Refusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request means, once its bytes are known to be right: for which host it is, what it expects, whether it wants
 * another protocol. Changes the request's target to what the dyno shall see.
 */
final class RequestRules {
    private final HttpRequest request;
    private final boolean old;
    private String host = "";
    private boolean expectsContinue;
    private boolean upgrade;
    private @Nullable Refusal refusal;

    RequestRules(HttpRequest request) {
        this.request = request;
        this.old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }

    /** Looks at the request; null if it is right. */
    @Nullable
    Refusal check() {
        if (host() && method() && target()) {
            expectation();
        }
        if (refusal == null) {
            upgrade();
        }
        return refusal;
    }

    /** The host asked for, in lower case and without port. */
    String hostName() {
        return host;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    boolean isUpgrade() {
        return upgrade;
    }

    /** Whether the client speaks HTTP/1.0. */
    boolean isOld() {
        return old;
    }

    private boolean host() {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        String name = hosts.size() == 1 ? HostName.withoutPort(hosts.get(0)) : null;
        if (name == null) {
            return refuse(400, Refusal.BAD_HEADER);
        }
        host = name;
        return true;
    }

    /** No tunnels to anywhere, and no echo of what the router adds (Heroku allows every method but CONNECT, RTR-26). */
    private boolean method() {
        String method = request.method().name();
        boolean refused = method.equals("CONNECT") || method.equals("TRACE");
        return !refused || refuse(405, Refusal.BAD_HEADER);
    }

    /** A path, a whole URI that names the same host, or {@code *} for OPTIONS. */
    private boolean target() {
        String target = request.uri();
        if (target.startsWith("/")
                || (target.equals("*") && request.method().name().equals("OPTIONS"))) {
            return true;
        }
        String lower = target.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : 0;
        int end = start;
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        String named = request.headers().get(HttpHeaderNames.HOST, "");
        if (start == 0 || !target.substring(start, end).equalsIgnoreCase(named)) {
            return refuse(400, Refusal.BAD_HEADER);
        }
        String path = target.substring(end);
        request.setUri(path.startsWith("/") ? path : "/" + path);
        return true;
    }

    /** Only {@code 100-continue} can be expected; an empty header is none (Heroku: RTR-27). */
    private void expectation() {
        if (!request.headers().contains(HttpHeaderNames.EXPECT)) {
            return;
        }
        for (String value : request.headers().getAll(HttpHeaderNames.EXPECT)) {
            if (value.equalsIgnoreCase("100-continue")) {
                expectsContinue = !old;
            } else if (!value.isEmpty()) {
                boolean readable = Character.isLetterOrDigit(value.charAt(0));
                refuse(readable ? 417 : 400, readable ? Refusal.BAD_EXPECT : Refusal.BAD_HEADER);
            }
        }
    }

    /**
     * Another protocol is wanted if {@code Connection} says so and {@code Upgrade} says which (Heroku: RTR-33). HTTP/2 is
     * never passed on: what a client hid in it would go past every rule here.
     */
    private void upgrade() {
        HttpHeaders headers = request.headers();
        boolean asked = !old
                && headers.contains(HttpHeaderNames.CONNECTION)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        if (!asked) {
            return;
        }
        List<String> protocols = headers.getAll(HttpHeaderNames.UPGRADE);
        if (protocols.stream().allMatch(String::isBlank)) {
            refuse(400, Refusal.BAD_HEADER);
            return;
        }
        upgrade = protocols.stream()
                .noneMatch(protocol -> protocol.toLowerCase(Locale.ROOT).contains("h2c"));
    }

    private boolean refuse(int status, String cause) {
        refusal = new Refusal(status, cause, request.method().name(), request.uri(), host);
        return false;
    }
}
