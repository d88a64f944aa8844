package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final Frames frames = new Frames(StandardCharsets.UTF_8);

    private static DataInputStream stream(byte... bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Test
    void aFieldHoldsAnything() throws IOException {
        List<String> fields = List.of("start", "", "a\nb\0c", "größer ✓", "x".repeat(50_000));
        DataInputStream in = stream(frames.encode(fields));
        assertThat(frames.read(in)).isEqualTo(fields);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void lengthsComeFirstTheHighestByteFirst() throws IOException {
        assertThat(frames.encode(List.of("ab", ""))).containsExactly(0, 0, 0, 10, 0, 0, 0, 2, 'a', 'b', 0, 0, 0, 0);
    }

    @Test
    void aFrameThatEndsTooSoonIsTheEnd() throws IOException {
        byte[] whole = frames.encode(List.of("ended", "1", "0"));
        for (int length = 0; length < whole.length; length++) {
            DataInputStream in = stream(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> frames.read(in)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void whatIsNoFrameIsRefused() {
        assertThatThrownBy(() -> frames.read(stream((byte) 0x7f, (byte) 0, (byte) 0, (byte) 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> frames.read(stream((byte) -1, (byte) 0, (byte) 0, (byte) 0)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> frames.read(stream(new byte[] {0, 0, 0, 5, 0, 0, 0, 2, 'a'})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 bytes where 1 are left");
        assertThatThrownBy(() -> frames.read(stream(new byte[] {0, 0, 0, 2, 0, 0, 0, 0})))
                .isInstanceOf(IOException.class);
    }

    @Test
    void moreThanAProgramCanTakeIsNotSent() {
        String megabyte = "x".repeat(1 << 20);
        assertThatThrownBy(() -> frames.encode(Collections.nCopies(17, megabyte)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }
}
