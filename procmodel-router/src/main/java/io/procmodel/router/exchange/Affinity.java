package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/** The cookie that sends a client to the same dyno again (Heroku: RTR-6). */
final class Affinity {
    private static final String COOKIE = "heroku-session-affinity=";

    private Affinity() {}

    static Optional<String> token(HttpHeaders request) {
        for (String header : request.getAll(HttpHeaderNames.COOKIE)) {
            for (String cookie : header.split(";", -1)) {
                String pair = cookie.strip();
                if (pair.startsWith(COOKIE)) {
                    return Optional.of(pair.substring(COOKIE.length()));
                }
            }
        }
        return Optional.empty();
    }

    /** Gives the client the cookie, unless it has just this one. */
    static void mark(HttpHeaders request, HttpHeaders response, String token) {
        if (!token(request).equals(Optional.of(token))) {
            response.add(HttpHeaderNames.SET_COOKIE, COOKIE + token + "; Path=/; HttpOnly; SameSite=Lax");
        }
    }
}
