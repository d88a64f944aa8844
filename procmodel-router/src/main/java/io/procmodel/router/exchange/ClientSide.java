package io.procmodel.router.exchange;

/**
 * What is known of the connection that a request came on.
 *
 * @param peer the client's address
 * @param scheme {@code http} or {@code https}
 * @param port the port that the client connected to
 * @param protocol {@code http1.1} or {@code http2.0}, for the log
 * @param tlsVersion {@code tls1.3} and the like, or {@code unknown}
 */
record ClientSide(String peer, String scheme, String port, String protocol, String tlsVersion) {
    boolean tls() {
        return scheme.equals("https");
    }
}
