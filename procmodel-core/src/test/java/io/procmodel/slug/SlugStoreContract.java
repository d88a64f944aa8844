package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
