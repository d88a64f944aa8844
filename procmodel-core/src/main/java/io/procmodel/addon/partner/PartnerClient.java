package io.procmodel.addon.partner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.json.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests to a partner's service, again when it does not answer or is out of order. */
final class PartnerClient {
    private static final Set<Integer> GOOD = Set.of(200, 201, 202, 204);
    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;
    private static final int SERVER_ERROR = 500;

    private final String service;
    private final String authorization;
    private final PartnerOptions options;
    private final HttpClient client;

    PartnerClient(AddOnManifest manifest, PartnerOptions options) {
        this.service = manifest.id();
        this.options = options;
        String user = manifest.id() + ":" + manifest.password();
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.connectTimeout())
                .build();
    }

    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param body the JSON object that came with it, empty if there was none
     */
    record Answer(int status, Map<String, @Nullable Object> body) {
        boolean isGone() {
            return GONE.contains(status);
        }
    }

    /**
     * Sends a request until it is answered.
     *
     * @throws AddOnRefusedException if the partner says no, with its message (Heroku: ADD-20)
     * @throws AddOnProviderException if it does not answer, or with what the protocol does not know
     */
    Answer send(String method, URI address, String json) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(options.timeout())
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json, UTF_8))
                .build();
        Duration pause = options.firstPause();
        Optional<AddOnProviderException> failure = Optional.empty();
        for (int attempt = 1; attempt <= options.attempts(); attempt++) {
            if (attempt > 1) {
                sleep(pause);
                pause = pause.multipliedBy(2);
            }
            try {
                return judge(exchange(request));
            } catch (IOException e) {
                failure = Optional.of(new AddOnProviderException(
                        service, method + " " + address.getPath() + ": " + problem(e) + ", attempt " + attempt, e));
            }
        }
        throw failure.orElseThrow();
    }

    private static String problem(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The whole exchange within the time-out; the client's own counts to the first byte of the body only. */
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + options.timeout(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(e);
        }
    }

    private Answer judge(HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (GOOD.contains(status)) {
            byte[] body = response.body();
            return new Answer(status, body.length == 0 ? Map.of() : JsonTree.object(body));
        }
        if (GONE.contains(status)) {
            return new Answer(status, Map.of());
        }
        Optional<String> message = message(response.body());
        if (status == UNPROCESSABLE || (status == UNAVAILABLE && message.isPresent())) {
            throw new AddOnRefusedException(service, message.orElse("its provider refused without a message"));
        }
        if (status >= SERVER_ERROR) {
            throw new IOException("status " + status);
        }
        throw new AddOnProviderException(service, "status " + status + " (expected: 200, 201, 202, 422 or 503)", null);
    }

    private static Optional<String> message(byte[] body) {
        try {
            return JsonTree.text(JsonTree.object(body), "message");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void sleep(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private AddOnProviderException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AddOnProviderException(service, "interrupted while waiting for its answer", e);
    }
}
