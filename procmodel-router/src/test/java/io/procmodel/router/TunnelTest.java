package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that become another protocol: the study's table, sections 1.6 to 1.8. */
class TunnelTest extends Talk {
    private static final String ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    private RawDyno dyno;

    @BeforeEach
    void start() throws IOException {
        dyno = front.dyno();
    }

    private RawSide open(RawSide client, String connection) throws IOException {
        client.send(get("Connection: " + connection + "\r\nUpgrade: websocket\r\n"));
        RawSide back = front.keep(dyno.accept());
        assertThat(back.head()).contains("\r\nConnection: Upgrade\r\n", "\r\nUpgrade: websocket\r\n");
        back.send(ACCEPTED);
        assertThat(client.head()).startsWith("HTTP/1.1 101 ").contains("\r\nUpgrade: websocket\r\n");
        return back;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "upgrade", "keep-alive, Upgrade", "Upgrade,Keep-Alive"})
    void upgrade_websockets(String connection) throws Exception {
        open(front.client(), connection);
    }

    /** websockets, pipe_proc, pipe_become: bytes both ways, those included that came with the heads. */
    @Test
    void websockets_pipe_proc_pipe_become() throws Exception {
        RawSide client = front.client(get("Connection: Upgrade\r\nUpgrade: websocket\r\n") + "early");
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send(ACCEPTED + "at once");
        client.head();
        assertThat(client.bytes(7)).isEqualTo("at once");
        assertThat(back.bytes(5)).isEqualTo("early");
        for (int i = 0; i < 50; i++) {
            String frame = "\u0081\u0005hello\0\r\n" + i;
            client.send(frame);
            assertThat(back.bytes(frame.length())).isEqualTo(frame);
            back.send(frame);
            assertThat(client.bytes(frame.length())).isEqualTo(frame);
        }
    }

    /** pipe_proc_callback, pipe_become_callback: the end is told, once, with what went through. */
    @Test
    void pipe_proc_callback_pipe_become_callback() throws Exception {
        RawSide client = front.client();
        RawSide back = open(client, "Upgrade");
        back.send("12345");
        assertThat(client.bytes(5)).isEqualTo("12345");
        front.assertNoLine();
        back.close();
        client.close();
        assertThat(front.line()).contains("at=info", "status=101", "bytes=" + (ACCEPTED.length() + 5));
        front.assertNoLine();
    }

    /** pipe_become_timeout: silence on both sides ends it. */
    @Test
    void pipe_become_timeout() throws Exception {
        restart(router -> router.times(times -> times.rolling(Duration.ofMillis(300))));
        dyno = front.dyno();
        RawSide client = front.client();
        RawSide back = open(client, "Upgrade");
        client.assertClosed();
        back.assertClosed();
        assertThat(front.line()).contains("code=H15", "status=503");
    }

    /** A side that does not read holds the other one up, not the router's memory. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSlowSideIsNotBuffered(boolean slowClient) throws Exception {
        RawSide client = front.client();
        RawSide back = open(client, "Upgrade");
        RawSide slow = slowClient ? client : back;
        RawSide quick = slowClient ? back : client;
        AtomicInteger blocks = new AtomicInteger();
        Thread pump = new Thread(() -> pump(quick, blocks));
        pump.start();
        int before;
        do {
            before = blocks.get();
            pump.join(300);
        } while (blocks.get() != before && blocks.get() < 1_000);
        assertThat(blocks).as("blocks of 64 KB").hasValueLessThan(1_000);
        slow.close();
        pump.join(30_000);
        assertThat(pump.isAlive()).isFalse();
    }

    private static void pump(RawSide side, AtomicInteger blocks) {
        String block = "x".repeat(64 * 1_024);
        try {
            while (blocks.get() < 1_000) {
                side.send(block);
                blocks.incrementAndGet();
            }
        } catch (IOException e) {
            // the other side is closed
        }
    }

    /** drain_ws_grace: a dyno that is to stop keeps its tunnels for as long as a drain may take. */
    @Test
    void drain_ws_grace() throws Exception {
        RawSide client = front.client();
        RawSide back = open(client, "Upgrade");
        RawDyno next = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(2, "web.1", next.uri())));
        AtomicInteger drained = new AtomicInteger();
        front.door().drain(Front.SHOP, 1, drained::incrementAndGet);
        assertThat(front.door().drainLimit()).isEqualTo(Duration.ofMillis(200));
        client.send("still here");
        assertThat(back.bytes(10)).isEqualTo("still here");
        assertThat(drained).hasValue(0);
        client.close();
        back.close();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> drained.get() == 1);
    }
}
