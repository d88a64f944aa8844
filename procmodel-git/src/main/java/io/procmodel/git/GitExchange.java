package io.procmodel.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request and its response, as any HTTP server has them: what {@link GitServer} needs of it, and no more. Whoever
 * implements it has checked who the client is, and closes the streams.
 */
public interface GitExchange {
    /** The method, such as {@code GET}. */
    String method();

    /** The path below the place of the server, decoded, such as {@code /shop.git/info/refs}. */
    String path();

    /** The query without the question mark, such as {@code service=git-receive-pack}; empty if there is none. */
    String query();

    /** The value of a request header, whatever the case of its name. */
    Optional<String> header(String name);

    /**
     * Whom the HTTP server found the client to be, for example by its password; empty by default. The release of a push is
     * made in their name.
     */
    default Optional<String> user() {
        return Optional.empty();
    }

    /** The request's body. */
    InputStream body() throws IOException;

    /**
     * Sends status and headers, and gives the stream of the response's body, of unknown length. What is flushed there
     * should be sent at once: it is the build, line by line. Called once.
     */
    OutputStream respond(int status, Map<String, String> headers) throws IOException;
}
