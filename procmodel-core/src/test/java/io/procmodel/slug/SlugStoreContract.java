package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SlugStore} promises; extend it, and give it an empty store for each test. */
abstract class SlugStoreContract {
    private static final SlugDigest A = new SlugDigest("a".repeat(64));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SlugDigest B = new SlugDigest("b".repeat(64));

    private SlugStore store;

    /** An empty store. */
    protected abstract SlugStore openEmptyStore() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = openEmptyStore();
    }

    private void put(SlugDigest digest, String content) {
        try (SlugUpload upload = store.upload()) {
            upload.stream().write(content.getBytes(UTF_8));
            upload.commit(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(SlugDigest digest) throws IOException {
        try (InputStream archive = store.open(digest)) {
            return new String(archive.readAllBytes(), UTF_8);
        }
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.list()).isEmpty();
        assertThat(store.contains(A)).isFalse();
    }

    @Test
    void givesBackWhatWasCommitted() throws IOException {
        put(B, "two");
        put(A, "one");

        assertThat(read(A)).isEqualTo("one");
        assertThat(read(B)).isEqualTo("two");
        assertThat(store.contains(A)).isTrue();
        assertThat(store.list()).containsExactly(A, B);
    }

    @Test
    void keepsAnEmptyArchive() throws IOException {
        put(A, "");

        assertThat(read(A)).isEmpty();
    }

    @Test
    void showsNothingOfAnUploadBeforeTheCommit() throws IOException {
        try (SlugUpload upload = store.upload()) {
            upload.stream().write(new byte[100_000]);
            upload.stream().close();

            assertThat(store.list()).isEmpty();
            upload.commit(A);
        }
        assertThat(read(A)).hasSize(100_000);
    }

    @Test
    void keepsNothingOfAnUploadThatIsClosedWithoutACommit() throws IOException {
        SlugUpload upload = store.upload();
        upload.stream().write(1);
        upload.close();
        upload.close();

        assertThat(store.list()).isEmpty();
        assertThatThrownBy(() -> upload.commit(A)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void commitsAnUploadOnce() throws IOException {
        SlugUpload upload = store.upload();
        upload.stream().write(1);
        upload.commit(A);

        assertThatThrownBy(() -> upload.commit(B)).isInstanceOf(IllegalStateException.class);
        upload.close();
        assertThat(store.list()).containsExactly(A);
    }

    @Test
    void repairsASlugThatIsCommittedAgain() throws IOException {
        put(A, "damaged");
        put(A, "whole");

        assertThat(read(A)).isEqualTo("whole");
        assertThat(store.list()).containsExactly(A);
    }

    @Test
    void namesASlugThatItDoesNotHave() {
        assertThatThrownBy(() -> store.open(A))
                .isInstanceOf(SlugNotFoundException.class)
                .hasMessage("slug: " + A + " (expected: a slug that is in the store)");
    }

    @Test
    void deletesASlugOnce() {
        put(A, "one");
        put(B, "two");

        assertThat(store.delete(A)).isTrue();
        assertThat(store.delete(A)).isFalse();
        assertThat(store.list()).containsExactly(B);
    }

    /** Whether the store knows when its slugs were used; one that does not must remove none for being unused. */
    protected boolean knowsWhenSlugsWereUsed() {
        return true;
    }

    @Test
    void removesWhatWasNotUsedSince() {
        put(A, "one");

        assertThat(store.deleteUnused(A, Instant.now().minus(HOUR)))
                .as("stored since")
                .isFalse();
        assertThat(store.contains(A)).isTrue();
        assertThat(store.deleteUnused(A, Instant.now().plus(HOUR)))
                .as("stored before")
                .isEqualTo(knowsWhenSlugsWereUsed());
        assertThat(store.contains(A)).isNotEqualTo(knowsWhenSlugsWereUsed());
        assertThat(store.deleteUnused(B, Instant.now().plus(HOUR)))
                .as("not there")
                .isFalse();
    }

    @Test
    void sparesWhatWasRenewedOrStoredAgainSince() throws IOException {
        SlugDigest c = new SlugDigest("c".repeat(64));
        put(A, "one");
        put(B, "two");
        put(c, "three");
        Instant before = laterThanNow();

        assertThat(store.renew(A)).isTrue();
        put(B, "two again");

        assertThat(store.deleteUnused(A, before)).isFalse();
        assertThat(store.deleteUnused(B, before)).isFalse();
        assertThat(store.deleteUnused(c, before)).isEqualTo(knowsWhenSlugsWereUsed());
        assertThat(read(A)).isEqualTo("one");
        assertThat(read(B)).isEqualTo("two again");
    }

    /** An instant that is over; file systems stamp files with a clock that may be some milliseconds late. */
    private static Instant laterThanNow() {
        Instant later = Instant.now();
        while (Duration.between(later, Instant.now()).toMillis() < 20) {
            Thread.onSpinWait();
        }
        return later;
    }

    @Test
    void renewsOnlyWhatItHas() {
        assertThat(store.renew(A)).isFalse();
        assertThat(store.list()).isEmpty();
    }

    /** Whoever renews a slug is told the truth: it is there, and stays, or it is gone. */
    @Test
    void aSlugThatIsRenewedWhileOthersRemoveItIsThereOrNot() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try {
            for (int round = 0; round < 20; round++) {
                put(A, "one");
                Instant before = laterThanNow();
                Future<Boolean> removed = threads.submit(() -> store.deleteUnused(A, before));
                boolean renewed = store.renew(A);
                assertThat(renewed).as("renewed, or removed").isEqualTo(!removed.get());
                assertThat(store.contains(A)).isEqualTo(renewed);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesUploadsOfManyThreadsAtOnce() throws Exception {
        int writers = 8;
        String content = "0123456789".repeat(20_000);
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> uploads = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        start.await();
                        put(i % 2 == 0 ? A : B, content);
                        return null;
                    }))
                    .toList();
            for (Future<?> upload : uploads) {
                upload.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.list()).containsExactly(A, B);
        assertThat(read(A)).isEqualTo(content);
        assertThat(read(B)).isEqualTo(content);
    }
}
