package io.procmodel.logplex.drain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collector of OpenTelemetry logs over HTTP, in JSON. As its protocol says, exactly 429, 502, 503 and 504 are tried again,
 * and what the collector says it rejected is lost.
 */
final class OtlpTarget implements DrainTarget {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int BYTES_PER_LINE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final HttpPeer peer;
    private final OtlpJson json;
    private final EncodedLines body = new EncodedLines();
    private List<Line> batch = new ArrayList<>();
    private int size;
    private long rejected;
    private volatile @Nullable Thread sender;

    OtlpTarget(HttpClient client, HttpPeer peer, OtlpJson json) {
        this.client = client;
        this.peer = peer;
        this.json = json;
    }

    @Override
    public void add(Line line) {
        batch.add(Line.of(line.toEntry()));
        size += line.length() + BYTES_PER_LINE;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int fullSize() {
        return BATCH_BYTES;
    }

    @Override
    public void send(Delivery delivery) throws IOException {
        body.clear();
        body.put(json.write(batch));
        HttpResponse<String> response = post();
        HttpPeer.checkStatus(response, status -> status == 429 || status == 502 || status == 503 || status == 504);
        rejected += rejected(response.body());
    }

    @Override
    public long takeDoubts() {
        long taken = rejected;
        rejected = 0;
        return taken;
    }

    @Override
    public void clear() {
        batch = new ArrayList<>();
        size = 0;
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

    private HttpResponse<String> post() throws IOException {
        sender = Thread.currentThread();
        try {
            return client.send(
                    peer.request("application/json", body).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while posting to " + peer);
        } finally {
            sender = null;
        }
    }

    /** How many records of a batch that was accepted were not (partial success). */
    private static long rejected(String answer) {
        long rejected = 0;
        try (JsonParser parser = new JsonFactory().createParser(answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && "rejectedLogRecords".equals(parser.currentName())) {
                    parser.nextToken();
                    rejected = parser.getValueAsLong();
                }
            }
        } catch (IOException e) {
            // An answer without sense says nothing about rejected records.
            return 0;
        }
        return rejected;
    }
}
