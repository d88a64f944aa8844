package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of {@code application/logplex-1} over HTTP: one request at a time, so that the order is kept, and the same
 * frame id on every retry (Heroku: LOG-31).
 */
final class HttpTarget implements DrainTarget {
    /** Heroku: LOG-35. */
    private static final int BATCH_BYTES = 102_400;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final HttpPeer peer;
    private final String token;
    private final SyslogEncoder encoder = SyslogEncoder.logplex();
    private final EncodedLines batch = new EncodedLines();
    private volatile @Nullable Thread sender;

    HttpTarget(HttpClient client, HttpPeer peer, String token) {
        this.client = client;
        this.peer = peer;
        this.token = token;
    }

    @Override
    public void add(Line line) {
        encoder.encode(line, batch);
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public int fullSize() {
        return BATCH_BYTES;
    }

    @Override
    public void send(Delivery delivery) throws IOException {
        HttpRequest.Builder request = peer.request("application/logplex-1", batch)
                .timeout(PATIENCE)
                .header("Logplex-Msg-Count", String.valueOf(delivery.messages()))
                .header("Logplex-Frame-Id", delivery.id())
                .header("Logplex-Drain-Token", token);
        if (delivery.dropped() > 0) {
            request.header("Logplex-Drop-Count", String.valueOf(delivery.dropped()));
        }
        if (delivery.lost() > 0) {
            request.header("Logplex-Lost-Count", String.valueOf(delivery.lost()));
        }
        HttpPeer.checkStatus(exchange(request.build()), HttpTarget::isWorthARetry);
    }

    @Override
    public void clear() {
        batch.clear();
    }

    @Override
    public void abort() {
        Thread sending = sender;
        if (sending != null) {
            sending.interrupt();
        }
    }

    @Override
    public void close() {
        // The client closes its connections when it is no longer used.
    }

    private HttpResponse<String> exchange(HttpRequest request) throws IOException {
        sender = Thread.currentThread();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while posting to " + redacted(request.uri()));
        } finally {
            sender = null;
        }
    }

    private static String redacted(URI uri) {
        return uri.getHost() + ":" + uri.getPort();
    }

    /** Heroku retries all but success and the caller's own mistakes (Heroku: LOG-36). */
    private static boolean isWorthARetry(int status) {
        return status < 400 || status >= 500 || status == 408 || status == 425 || status == 429;
    }
}
