package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelGzipTest {
    private static final int BLOCK = 1 << 18;

    /** Words that repeat at a distance, so that a block profits from the one before. */
    private static byte[] text(int length) {
        Random random = new Random(1);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (i > 20_000 && random.nextInt(10) > 0 ? text[i - 20_000] : 'a' + random.nextInt(26));
        }
        return text;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(2).nextBytes(noise);
        return noise;
    }

    private static byte[] gzip(byte[] content, int threads, int piece) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (OutputStream gzip = SlugCompression.gzip(threads).compress(archive)) {
            for (int at = 0; at < content.length; at += piece) {
                gzip.write(content, at, Math.min(piece, content.length - at));
            }
        }
        return archive.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 5 * BLOCK + 7})
    void anyGzipReadsItBack(int length) throws IOException {
        for (byte[] content : new byte[][] {text(length), noise(length), new byte[length]}) {
            byte[] archive = gzip(content, 3, 10_000);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
                assertThat(Arrays.equals(in.readAllBytes(), content)).isTrue();
            }
        }
    }

    @Test
    void theBytesDependOnTheContentAlone() throws IOException {
        byte[] content = text(4 * BLOCK + 99);

        byte[] one = gzip(content, 1, content.length);
        assertThat(gzip(content, 4, 1_000)).isEqualTo(one);
        assertThat(gzip(content, 2, BLOCK)).isEqualTo(one);
    }

    @Test
    void itIsHardlyLargerThanThatOfOneThread() throws IOException {
        byte[] content = text(8 * BLOCK);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(plain)) {
            gzip.write(content);
        }

        assertThat((double) gzip(content, 2, content.length).length).isLessThan(1.01 * plain.size());
    }

    @Test
    void aFailureBelowIsToldAndLeavesNoThread() throws IOException {
        OutputStream full = new OutputStream() {
            private int written;

            @Override
            public void write(int value) throws IOException {
                if (++written > 100) {
                    throw new IOException("disk full");
                }
            }
        };
        byte[] content = noise(20 * BLOCK);
        OutputStream gzip = SlugCompression.gzip(2).compress(full);

        assertThatThrownBy(() -> gzip.write(content, 0, content.length)).hasMessage("disk full");
        assertThatThrownBy(gzip::close).hasMessage("disk full");
        gzip.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("procmodel-slug-deflate"))
                .allSatisfy(thread -> {
                    thread.join(30_000);
                    assertThat(thread.isAlive()).isFalse();
                });
    }
}
