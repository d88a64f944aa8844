package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** DYN-64, first half: an hour without input or output closes the connection of an attached dyno. */
class ClientLinesTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicInteger cuts = new AtomicInteger();
    private final ClientLines lines = new ClientLines(HOUR);
    private Instant now = START;
    private final ClientLine line = new ClientLine(() -> now, cuts::incrementAndGet);

    private void pass(Duration time) {
        now = now.plus(time);
        lines.cutIdle(now);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    void theHourBeginsWhenTheDynoRuns() {
        lines.add(7, line);
        pass(Duration.ofHours(5));
        assertThat(lines.due()).isEmpty();
        lines.started(7);
        assertThat(lines.due()).contains(now.plus(HOUR));

        pass(HOUR.minusNanos(1));
        assertThat(cuts).hasValue(0);
        pass(Duration.ofNanos(1));
        assertThat(cuts).hasValue(1);
        assertThat(lines.due()).isEmpty();
        pass(HOUR);
        assertThat(cuts).as("cut once").hasValue(1);
    }

    @Test
    void inputAndOutputBeginItAnew() throws IOException {
        lines.add(7, line);
        lines.started(7);
        InputStream input = new ClientInput(new ByteArrayInputStream("ab".getBytes(UTF_8)), line);
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        ClientOutput output = new ClientOutput(screen, line);

        pass(Duration.ofMinutes(50));
        assertThat(input.read()).isEqualTo('a');
        pass(Duration.ofMinutes(50));
        output.write(bytes("x"));
        assertThat(lines.due()).contains(now.plus(HOUR));
        pass(Duration.ofMinutes(50));
        assertThat(cuts).hasValue(0);
        pass(Duration.ofMinutes(10));
        assertThat(cuts).hasValue(1);

        output.write(bytes("y"));
        assertThat(screen.toString(UTF_8))
                .as("nothing goes over a line that is cut")
                .isEqualTo("x");
        assertThat(input.read()).isEqualTo(-1);
    }

    /** Who only waits for the dyno's words sends nothing: the end of the input is no sign of life, nor of death. */
    @Test
    void theEndOfTheInputNeitherCutsTheLineNorKeepsIt() throws IOException {
        lines.add(7, line);
        lines.started(7);
        InputStream input = new ClientInput(InputStream.nullInputStream(), line);
        pass(Duration.ofMinutes(30));
        assertThat(input.read(new byte[8])).isEqualTo(-1);
        assertThat(cuts).hasValue(0);
        assertThat(lines.due()).contains(START.plus(HOUR));
    }

    @Test
    void aDynoThatHasEndedIsNotWaitedFor() {
        lines.add(7, line);
        lines.started(7);
        lines.ended(7);
        lines.started(8);
        assertThat(lines.due()).isEmpty();
        pass(HOUR);
        assertThat(cuts).hasValue(0);
    }

    /** DYN-65. */
    @Test
    void whoeverCannotBeReadFromOrWrittenToHasGone() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> new ClientInput(broken, line).read()).isInstanceOf(IOException.class);
        assertThat(cuts).hasValue(1);

        ClientLine other = new ClientLine(() -> now, cuts::incrementAndGet);
        ClientOutput wild = new ClientOutput(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new IllegalStateException("a screen of the host's own");
                    }
                },
                other);
        wild.write(bytes("x"));
        wild.write(bytes("y"));
        assertThat(cuts).hasValue(2);
    }

    @Test
    void aVeryLongLimitIsNone() {
        ClientLines patient = new ClientLines(Duration.ofSeconds(Long.MAX_VALUE));
        patient.add(7, line);
        patient.started(7);
        assertThat(patient.due()).contains(Instant.MAX);
    }
}
