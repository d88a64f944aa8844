package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.log.LinePart;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a syslog drain closes its connection, and what it then does not know to have been read. */
@Tag("C28")
class SyslogTargetTest {
    private final List<ScriptedConnection> connections = new ArrayList<>();
    private final SyslogTarget target = new SyslogTarget(this::connect, "d.1", this::nanos);
    private long nanos;

    private static final class ScriptedConnection implements PeerConnection {
        private final StringBuilder written = new StringBuilder();
        private Peer peer = Peer.READING;
        private boolean breaks;
        private boolean closed;

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (breaks) {
                throw new IOException("broken");
            }
            written.append(UTF_8.decode(bytes));
        }

        @Override
        public void abort() {
            breaks = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void keepsAConnectionThatIsUsed() throws IOException {
        for (int minute = 0; minute < 30; minute += 3) {
            send("minute " + minute);
            tick(Duration.ofMinutes(3));
        }

        assertThat(connections).hasSize(1);
        assertThat(connections.get(0).closed).isFalse();
    }

    @Test
    void closesAConnectionThatIsIdle() throws IOException {
        send("one");
        tick(Duration.ofMinutes(4));
        target.idle();
        assertThat(connections.get(0).closed).isFalse();

        tick(Duration.ofSeconds(1));
        target.idle();
        assertThat(connections.get(0).closed).isTrue();
        assertThat(target.takeDoubts()).isZero();

        send("two");
        assertThat(connections).hasSize(2);
        assertThat(connections.get(1).written.toString()).endsWith(" two\n");
    }

    @Test
    void closesAConnectionThatIsOldEvenWhenItIsUsed() throws IOException {
        for (int minute = 0; minute <= 5 * 60 + 3; minute += 3) {
            send("minute " + minute);
            tick(Duration.ofMinutes(3));
        }

        assertThat(connections).hasSize(2);
        assertThat(connections.get(0).closed).isTrue();
        assertThat(connections.get(1).written.toString()).contains("minute 303");
        assertThat(target.takeDoubts()).isZero();
    }

    @Test
    void doubtsWhatWasSentShortlyBeforeTheConnectionBroke() throws IOException {
        send("long ago");
        tick(Duration.ofSeconds(6));
        send("just now");
        connections.get(0).peer = PeerConnection.Peer.BROKEN;
        target.idle();

        assertThat(target.takeDoubts()).isEqualTo(1);
        assertThat(connections.get(0).closed).isTrue();
    }

    @Test
    void doubtsNothingWhenThePeerHasReadAllAndGone() throws IOException {
        send("one");
        connections.get(0).peer = PeerConnection.Peer.GONE;
        send("two");

        assertThat(target.takeDoubts()).isZero();
        assertThat(connections).hasSize(2);
        assertThat(connections.get(1).written.toString()).endsWith(" two\n");
    }

    @Test
    void connectsAgainForTheBatchThatCouldNotBeWritten() throws IOException {
        send("one");
        connections.get(0).breaks = true;
        assertThatThrownBy(() -> send("two")).isInstanceOf(IOException.class);

        assertThat(target.takeDoubts()).isEqualTo(1);
        assertThat(connections.get(0).closed).isTrue();
        target.send(new Delivery("0".repeat(32), 1, 1, 0, 0));
        assertThat(connections.get(1).written.toString()).endsWith(" two\n");
    }

    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        target.clear();
        target.add(
                Line.of(LogEntry.of(1, AppLog.START, LogOrigin.app("web.1"), LinePart.WHOLE, bytes, 0, bytes.length)));
        target.send(new Delivery("0".repeat(32), 1, 1, 0, 0));
    }

    private void tick(Duration time) {
        nanos += time.toNanos();
    }

    private long nanos() {
        return nanos;
    }

    private PeerConnection connect() {
        ScriptedConnection connection = new ScriptedConnection();
        connections.add(connection);
        return connection;
    }
}
