package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.function.IntPredicate;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Where to post to and as whom. The credentials are in the requests only; printed, it shows neither. */
final class HttpPeer {
    private static final int SUCCESS = 200;
    private static final int AFTER_SUCCESS = 300;
    private static final int SHOWN = 120;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final URI uri;
    private final @Nullable String authorization;
    private final boolean gzip;

    /**
     * Creates a peer.
     *
     * @param uri where to post to; user and password in it become the basic authorization
     * @param bearer a token that is sent instead of user and password
     * @param gzip whether bodies are compressed
     */
    HttpPeer(URI uri, @Nullable String bearer, boolean gzip) {
        this.uri = withoutUser(uri);
        this.gzip = gzip;
        if (bearer != null) {
            authorization = "Bearer " + bearer;
        } else if (uri.getUserInfo() != null) {
            authorization = "Basic "
                    + Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(UTF_8));
        } else {
            authorization = null;
        }
    }

    HttpRequest.Builder request(String contentType, EncodedLines body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", contentType)
                .header("User-Agent", "procmodel-logplex");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (gzip) {
            return request.header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(compressed(body)));
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(body.array(), 0, body.size()));
    }

    /** Turns an answer that is not a success into the error that says what to do about it. */
    static void checkStatus(HttpResponse<String> response, IntPredicate isWorthARetry) throws IOException {
        int status = response.statusCode();
        if (status >= SUCCESS && status < AFTER_SUCCESS) {
            return;
        }
        String body = response.body().strip();
        String message = "HTTP status " + status
                + (body.isEmpty() ? "" : ": " + body.substring(0, Math.min(SHOWN, body.length())));
        if (!isWorthARetry.test(status)) {
            throw new RefusedException(message);
        }
        throw new RetryLaterException(message, retryAfter(response));
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("0");
        if (!seconds.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(Long.parseLong(seconds));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static byte[] compressed(EncodedLines body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.size() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.array(), 0, body.size());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    private static URI withoutUser(URI uri) {
        String text = uri.toString();
        String user = uri.getRawUserInfo();
        return URI.create(user == null ? text : text.replaceFirst("\\Q" + user + "@\\E", ""));
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost();
    }
}
