package io.procmodel.build;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Where a web server sends its client on to. Followed by ourselves because some versions of the JDK take a password along to
 * whatever host that is, and others leave it out on the same host.
 */
final class Redirection {
    private static final Set<Integer> STATUSES = ImmutableSet.of(301, 302, 303, 307, 308);

    private Redirection() {}

    /**
     * The address that a response names in place of its own; empty if it names none.
     *
     * @throws IOException if it is no address on the web, or would give up the encryption
     */
    static Optional<URI> of(HttpResponse<?> response) throws IOException {
        if (!STATUSES.contains(response.statusCode())) {
            return Optional.empty();
        }
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("HTTP status " + response.statusCode() + " without a Location"));
        try {
            URI next = response.uri().resolve(URI.create(location));
            boolean secure = "https".equalsIgnoreCase(next.getScheme());
            boolean asBefore = "http".equalsIgnoreCase(next.getScheme())
                    && "http".equalsIgnoreCase(response.uri().getScheme());
            if ((secure || asBefore) && next.getHost() != null) {
                return Optional.of(next);
            }
        } catch (IllegalArgumentException e) {
            // Said below: the location itself may hold a secret.
        }
        throw new IOException("a redirection that leads nowhere, or from https to http");
    }

    /** Whether one server answers for both addresses. */
    static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }
}
