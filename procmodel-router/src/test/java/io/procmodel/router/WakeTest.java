package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.traffic.WebDyno;
import io.procmodel.traffic.WebState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Requests that wait, and dynos that are drained: the study's table, section 1.8. */
class WakeTest extends Talk {
    private static WebState asleep(WebDyno... dynos) {
        return new WebState(Front.SHOP, List.of(), false, true, 1, true, false, List.of(dynos));
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5));
    }

    private void awaitWaiting(int number) {
        await().until(() -> front.router.stats().waiting() == number);
    }

    private static void serve(RawSide back, RawSide client) throws IOException {
        back.head();
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    /** single_flight and backends_idle, and the requests go on in order, no more at a time than the burst: paced_release. */
    @Test
    void single_flight_paced_release() throws Exception {
        restart(router -> router.counts(counts -> counts.burst(2)));
        front.tell(asleep());
        List<RawSide> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(front.client(get("N: " + i + "\r\n")));
            awaitWaiting(i + 1);
        }
        assertThat(front.wakes).hasValue(1);
        front.tell(Front.state(Front.starting(1, "web.1", 0)));
        awaitWaiting(5);
        RawDyno dyno = front.dyno();
        RawSide first = front.keep(dyno.accept());
        RawSide second = front.keep(dyno.accept());
        assertThat(first.head() + second.head()).contains("N: 0", "N: 1");
        assertThat(front.router.stats().waiting()).isEqualTo(3);
        first.send(OK);
        assertThat(first.head()).contains("N: 2");
        first.send(OK);
        second.send(OK);
        assertThat(first.head() + second.head()).contains("N: 3", "N: 4");
        first.send(OK);
        second.send(OK);
        for (RawSide client : clients) {
            assertThat(client.message()).endsWith("ok");
        }
    }

    /** holds_head_only and no_100_before_up. */
    @Test
    void holds_head_only() throws Exception {
        front.tell(asleep());
        RawSide client =
                front.client("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        awaitWaiting(1);
        client.assertSilent();
        RawDyno dyno = front.dyno();
        assertThat(client.head()).startsWith("HTTP/1.1 100");
        client.send("body");
        RawSide back = front.keep(dyno.accept());
        assertThat(back.message()).endsWith("body");
        back.send(OK);
        assertThat(client.message()).endsWith("ok");
    }

    @Test
    void queue_full_h11() throws Exception {
        restart(router -> router.counts(counts -> counts.waitingPerApp(1)));
        front.tell(asleep());
        front.client(GET);
        awaitWaiting(1);
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
        assertThat(front.line()).contains("code=H11");
    }

    /** boot_timeout_h20, backlog_timeout and backends_starting; DYN-13: the wait includes all that comes before the start. */
    @Test
    void boot_timeout_h20() throws Exception {
        restart(router -> router.times(times -> times.boot(Duration.ofMillis(300))));
        front.tell(Front.state(Front.starting(1, "web.1", 0)));
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        assertThat(front.line())
                .contains("at=error code=H20 desc=\"App boot timeout\"", "dyno= connect= service= status=503");
        assertThat(front.router.stats().waiting()).isZero();
    }

    /** boot_crash_h10_all, then fail_fast_after_failed_wake. */
    @Test
    void boot_crash_h10_all() throws Exception {
        front.tell(asleep());
        List<RawSide> clients = List.of(front.client(GET), front.client(GET), front.client(GET));
        awaitWaiting(3);
        front.tell(Front.state(Front.starting(1, "web.1", 0)));
        front.tell(Front.state(Front.starting(2, "web.1", 1)));
        for (RawSide client : clients) {
            assertThat(client.message()).startsWith("HTTP/1.1 503");
            assertThat(front.line()).contains("code=H10 desc=\"App crashed: web.1 exited with status 1\"");
        }
        assertThat(front.client(GET).message()).startsWith("HTTP/1.1 503");
        assertThat(front.line()).contains("code=H10");
        RawDyno dyno = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(2, "web.1", dyno.uri())));
        RawSide client = front.client(GET);
        serve(front.keep(dyno.accept()), client);
    }

    @Test
    void client_leaves_h27_frees_slot() throws Exception {
        restart(router -> router.counts(counts -> counts.waitingPerApp(1)));
        front.tell(asleep());
        RawSide client = front.client(GET);
        awaitWaiting(1);
        client.close();
        assertThat(front.line()).contains("sock=client at=warning code=H27", "status=499");
        assertThat(front.router.stats().waiting()).isZero();
        RawSide next = front.client(GET);
        awaitWaiting(1);
        RawDyno dyno = front.dyno();
        serve(front.keep(dyno.accept()), next);
    }

    @Test
    void ws_upgrade_held() throws Exception {
        front.tell(asleep());
        RawSide client = front.client(get("Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        awaitWaiting(1);
        RawDyno dyno = front.dyno();
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhi");
        client.head();
        assertThat(client.bytes(2)).isEqualTo("hi");
    }

    /** open_ws_keeps_awake and open_sse_keeps_awake: the platform asks, and the answer is "busy". */
    @Test
    void open_ws_keeps_awake_open_sse_keeps_awake() throws Exception {
        RawDyno dyno = front.dyno();
        assertThat(front.door().idleFor(Front.SHOP)).isPresent();
        RawSide stream = front.client(GET);
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        stream.head();
        assertThat(front.door().idleFor(Front.SHOP)).isEmpty();
        back.close();
        stream.chunks();
        await().until(() -> front.door().idleFor(Front.SHOP).isPresent());
        RawSide socket = front.client(get("Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        back = front.keep(dyno.accept());
        back.head();
        back.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        socket.head();
        assertThat(front.door().idleFor(Front.SHOP)).isEmpty();
    }

    /** DYN-88: whoever asks for whatever. */
    @Test
    void anyRequestIsActivity() throws Exception {
        RawDyno dyno = front.dyno();
        Duration enough = Duration.ofMillis(50);
        await().until(() -> idle().compareTo(enough) > 0);
        long before = System.nanoTime();
        RawSide monitor = front.client("HEAD /health HTTP/1.1\r\n" + HOST + "User-Agent: uptime-monitor\r\n\r\n");
        RawSide back = front.keep(dyno.accept());
        back.head();
        back.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertThat(monitor.head()).startsWith("HTTP/1.1 404");
        await().untilAsserted(() -> {
            Duration idle = idle();
            assertThat(idle).isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - before));
        });
    }

    private Duration idle() {
        return front.door().idleFor(Front.SHOP).orElse(Duration.ZERO);
    }

    /** A request that comes while the dyno is about to be stopped waits for the next life. */
    @Test
    void request_during_idling_race() throws Exception {
        front.dyno();
        front.tell(asleep());
        RawSide client = front.client(GET);
        awaitWaiting(1);
        assertThat(front.wakes).hasValue(1);
        RawDyno next = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(2, "web.1", next.uri())));
        serve(front.keep(next.accept()), client);
    }

    /** wake_filter: what no dyno would get does not wake. */
    @Test
    void badRequestsAndMaintenanceDoNotWake() throws Exception {
        front.tell(asleep());
        front.client("GET / HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n\r\n").rest();
        front.tell(new WebState(Front.SHOP, List.of(), true, true, 1, true, false, List.of()));
        front.client(GET).message();
        assertThat(front.wakes).hasValue(0);
    }

    /** drain_keeps_inflight, drain_closes_idle_pool; DYN-49: new requests go elsewhere, the one in flight gets its answer. */
    @Test
    void drain_keeps_inflight_drain_closes_idle_pool() throws Exception {
        RawDyno dyno = front.dyno();
        RawSide idler = front.client(GET);
        RawSide idle = front.keep(dyno.accept());
        RawSide client = front.client(GET);
        RawSide back = front.keep(dyno.accept());
        back.head();
        serve(idle, idler);

        RawDyno next = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(2, "web.1", next.uri())));
        AtomicInteger drained = new AtomicInteger();
        front.door().drain(Front.SHOP, 1, drained::incrementAndGet);
        idle.assertClosed();
        assertThat(drained).hasValue(0);
        RawSide other = front.client(GET);
        serve(front.keep(next.accept()), other);

        back.send(OK);
        assertThat(client.message()).endsWith("ok");
        await().until(() -> drained.get() == 1);
    }

    @Test
    void router_close_sends_connection_close() throws Exception {
        restart(router -> router.times(times -> times.drain(Duration.ofMinutes(1))));
        RawDyno dyno = front.dyno();
        RawSide idle = front.client();
        RawSide client = front.client(GET);
        RawSide back = front.keep(dyno.accept());
        back.head();
        Thread closing = new Thread(front.router::close);
        closing.start();
        idle.assertClosed();
        back.send(OK);
        assertThat(client.rest()).containsIgnoringCase("connection: close").endsWith("ok");
        closing.join(60_000);
        assertThat(closing.isAlive()).isFalse();
    }

    /** The platform may tell and ask while and after the router closes. */
    @Test
    void aRouterThatIsClosedTakesWhatItIsToldAsItComes() throws Exception {
        RawDyno dyno = front.dyno();
        RawSide client = front.client(GET);
        serve(front.keep(dyno.accept()), client);
        Thread closing = new Thread(front.router::close);
        closing.start();
        long instance = 1;
        do {
            front.tell(Front.state(Front.up(++instance, "web.1", dyno.uri())));
            TimeUnit.MICROSECONDS.sleep(50);
        } while (closing.isAlive());
        AtomicInteger drained = new AtomicInteger();
        front.door().drain(Front.SHOP, instance, drained::incrementAndGet);
        assertThat(drained).hasValue(1);
    }

    @Test
    void forced_close_h24() throws Exception {
        RawDyno dyno = front.dyno();
        RawSide client = front.client(GET);
        front.keep(dyno.accept()).head();
        front.router.close();
        client.assertClosed();
        assertThat(front.line()).contains("at=error code=H24 desc=\"Forced close\"", "dyno=web.1", " status= ");
    }
}
