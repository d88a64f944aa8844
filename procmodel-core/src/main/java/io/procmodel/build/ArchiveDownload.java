package io.procmodel.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Downloads one archive into a cache, if what is there is not what the server would send. */
final class ArchiveDownload {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_REDIRECTIONS = 5;

    private final URI url;
    private final BuildpackFetch fetch;
    private final String expected;
    private final Path archive;
    private final Path tag;
    private final Deadline deadline;

    ArchiveDownload(URI url, BuildpackFetch fetch, String expected) {
        this.url = url;
        this.fetch = fetch;
        this.expected = expected;
        archive = fetch.cache().resolve("archive");
        tag = fetch.cache().resolve("tag");
        deadline = new Deadline(fetch.timeLeft(), System::nanoTime);
    }

    /** The archive, in the cache. */
    Path run() {
        Path arriving = fetch.cache().resolve("arriving");
        try {
            HttpResponse<Path> response = follow(arriving);
            if (response.statusCode() == HttpURLConnection.HTTP_OK) {
                keep(arriving, response.headers().firstValue("ETag"));
            } else if (response.statusCode() != HttpURLConnection.HTTP_NOT_MODIFIED) {
                throw failure("HTTP status " + response.statusCode(), null);
            }
            return archive;
        } catch (IOException e) {
            throw failure(e.toString(), e);
        }
    }

    private HttpResponse<Path> follow(Path arriving) throws IOException {
        URI at = URI.create(BuildpackFetch.shown(url.toString()));
        for (int redirections = 0; redirections <= MOST_REDIRECTIONS; redirections++) {
            HttpResponse<Path> response = send(at, arriving);
            Optional<URI> next = Redirection.of(response);
            if (next.isEmpty()) {
                return response;
            }
            at = next.get();
        }
        throw failure("more than " + MOST_REDIRECTIONS + " redirections", null);
    }

    private HttpResponse<Path> send(URI at, Path arriving) throws IOException {
        // What is written there does not cut off what is there from a download that was given up, or from an error
        // page.
        Files.deleteIfExists(arriving);
        CompletableFuture<HttpResponse<Path>> response = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build()
                .sendAsync(request(at), HttpResponse.BodyHandlers.ofFile(arriving));
        try {
            while (!response.isDone()) {
                requireGoing(arriving);
                await(response);
            }
            return response.get();
        } catch (ExecutionException e) {
            throw failure(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        } finally {
            response.cancel(true);
        }
    }

    private static void await(CompletableFuture<?> response) throws ExecutionException, InterruptedException {
        try {
            response.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // There is more to come.
        }
    }

    private void requireGoing(Path arriving) throws IOException {
        if (fetch.isOver() || deadline.left().isZero()) {
            throw failure("it took too long, or the build was cancelled", null);
        }
        long most = ArchiveLimits.source().bytes();
        if (Files.exists(arriving) && Files.size(arriving) > most) {
            throw failure("it is larger than " + most + " bytes", null);
        }
    }

    private HttpRequest request(URI at) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at);
        if (url.getUserInfo() != null && Redirection.isSameServer(url, at)) {
            String credentials =
                    Base64.getEncoder().encodeToString(url.getUserInfo().getBytes(UTF_8));
            request.header("Authorization", "Basic " + credentials);
        }
        if (Files.exists(archive) && Files.exists(tag)) {
            request.header("If-None-Match", Files.readString(tag));
        }
        return request.build();
    }

    /** An archive never stands beside the tag of another. */
    private void keep(Path arriving, Optional<String> newTag) throws IOException {
        Files.deleteIfExists(tag);
        Files.move(arriving, archive, StandardCopyOption.REPLACE_EXISTING);
        if (newTag.isPresent()) {
            Files.writeString(tag, newTag.get());
        }
    }

    private BuildpackException failure(String reason, @Nullable Exception cause) {
        return fetch.failure("cannot be fetched: " + reason, expected, cause);
    }
}
