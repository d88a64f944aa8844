package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private final AtomicReference<Thread> reader = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Notes who reads it and whether it was closed. */
    private InputStream noting(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                reader.set(Thread.currentThread());
                return super.read(buffer, offset, Math.min(length, 1000));
            }

            @Override
            public void close() throws IOException {
                closed.set(true);
                super.close();
            }
        };
    }

    private static InputStream failing(Throwable failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 18, (1 << 18) + 1, 3_000_000})
    void givesEveryByteInOrderAndItsThreadEnds(int length) throws IOException {
        byte[] noise = noise(length);
        try (ReadAhead ahead = ReadAhead.of(noting(new ByteArrayInputStream(noise)))) {
            assertThat(ahead.readAllBytes()).isEqualTo(noise);
            assertThat(ahead.read()).isEqualTo(-1);
        }
        assertThat(reader.get()).isNotSameAs(Thread.currentThread());
        assertThat(reader.get().isAlive()).isFalse();
        assertThat(closed).isTrue();
    }

    @Test
    void givesSingleBytesAndParts() throws IOException {
        byte[] noise = noise(300_000);
        byte[] read = new byte[300_000];
        try (ReadAhead ahead = ReadAhead.of(new ByteArrayInputStream(noise))) {
            for (int i = 0; i < 270_000; i++) {
                read[i] = (byte) ahead.read();
            }
            assertThat(ahead.readNBytes(read, 270_000, 30_000)).isEqualTo(30_000);
        }
        assertThat(read).isEqualTo(noise);
    }

    @Test
    void throwsWhatTheSourceThrewBehindTheBytesBeforeIt() throws IOException {
        for (Exception failure : new Exception[] {new IOException("worn out"), new IllegalStateException("odd")}) {
            byte[] noise = noise(500_000);
            try (ReadAhead ahead =
                    ReadAhead.of(new SequenceInputStream(new ByteArrayInputStream(noise), failing(failure)))) {
                assertThat(ahead.readNBytes(500_000)).isEqualTo(noise);
                assertThatThrownBy(ahead::read).isSameAs(failure);
                assertThatThrownBy(ahead::read).isSameAs(failure);
            }
        }
    }

    @Test
    void itsThreadEndsWhenItIsClosedEarly() throws IOException {
        ReadAhead ahead = ReadAhead.of(noting(new ByteArrayInputStream(noise(5_000_000))));
        assertThat(ahead.read()).isNotNegative();

        ahead.close();
        ahead.close();

        assertThat(reader.get().isAlive()).isFalse();
        assertThat(closed).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitForASlowSource() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        InputStream slow = new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    never.await();
                    return -1;
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        };
        try (ReadAhead ahead = ReadAhead.of(slow)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(ahead::read).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
