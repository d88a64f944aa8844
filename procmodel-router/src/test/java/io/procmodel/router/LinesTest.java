package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogSource;
import io.procmodel.traffic.WebState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The log: the study's table, sections 1.7 and 1.8. */
class LinesTest extends Talk {
    private static final Pattern ID = Pattern.compile(" request_id=(\\S+) ");

    /** response_attributes, request_statistics: what came, how much of it, and how long it took. */
    @Test
    void response_attributes_request_statistics() throws Exception {
        RawDyno dyno = front.dyno();
        RawSide client = front.client(post("abc"));
        RawSide back = front.keep(dyno.accept());
        back.message();
        String answer = "HTTP/1.1 201 Created\r\nContent-Length: 4\r\nX-A: b\r\n\r\ndone";
        back.send(answer);
        assertThat(client.message()).startsWith("HTTP/1.1 201 Created\r\n").contains("X-A: b");
        assertThat(front.line())
                .contains(" method=POST ", " dyno=web.1 ", " status=201 bytes=" + answer.length() + " ")
                .containsPattern(" connect=\\d+ms service=\\d+ms ");
    }

    @Test
    void error_line_fields() throws Exception {
        front.tell(new WebState(Front.SHOP, List.of(), false, true, 0, false, false, List.of()));
        front.client("GET /a%20b?c HTTP/1.1\r\n" + HOST + "X-Request-Id: abcdefghijklmnopqrstuvwxyz\r\n\r\n")
                .message();
        assertThat(front.line())
                .isEqualTo("shop at=error code=H14 desc=\"No web processes running\" method=GET path=\"/a%20b?c\""
                        + " host=shop.localhost request_id=abcdefghijklmnopqrstuvwxyz fwd=\"127.0.0.1\" dyno= connect="
                        + " service= status=503 bytes= protocol=http1.1 tls=false tls_version=unknown");
    }

    /** A sink that stands still: every request is answered, and every line is written or counted as dropped. */
    @Test
    void sink_stall_never_blocks() throws Exception {
        int requests = 12_000;
        CountDownLatch stalled = new CountDownLatch(1);
        AtomicInteger lines = new AtomicInteger();
        restart(router -> router.logs((app, origin) -> new LogSource() {
            @Override
            public void write(ByteBuffer chunk) {
                awaitQuietly(stalled);
                while (chunk.hasRemaining()) {
                    lines.addAndGet(chunk.get() == '\n' ? 1 : 0);
                }
            }

            @Override
            public void close() {}
        }));
        front.tell(new WebState(Front.SHOP, List.of(), true, true, 1, false, false, List.of()));
        RawSide client = front.client();
        for (int i = 0; i < requests / 100; i++) {
            client.send(GET.repeat(100));
            for (int j = 0; j < 100; j++) {
                assertThat(client.message()).startsWith("HTTP/1.1 503 ");
            }
        }
        assertThat(front.router.stats().requests()).isEqualTo(requests);
        long dropped = front.router.stats().droppedLines();
        assertThat(dropped).isPositive();
        stalled.countDown();
        front.close();
        assertThat(lines.get() + dropped)
                .isBetween((long) requests, requests + 1L); // one line tells of the dropped ones
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many requests at once, some of which fail: each has one line, and no line is of none. */
    @Test
    void one_line_per_request_exactly() throws Exception {
        RawDyno dyno = front.keep(new RawDyno());
        front.tell(Front.state(Front.up(1, "web.1", dyno.uri())));
        int clients = 8;
        int each = 250;
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread server = new Thread(() -> serve(dyno));
        server.setDaemon(true);
        server.start();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            String name = "client-" + i;
            RawSide client = front.client();
            Thread thread = new Thread(() -> load(client, name, each, failures));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        assertThat(failures).isEmpty();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < clients * each; i++) {
            Matcher id = ID.matcher(front.line());
            assertThat(id.find()).isTrue();
            assertThat(ids.add(id.group(1))).as("second line of " + id.group(1)).isTrue();
        }
        front.assertNoLine();
        assertThat(front.router.stats().requests()).isEqualTo((long) clients * each);
    }

    private static void load(RawSide client, String name, int number, List<Throwable> failures) {
        try {
            for (int i = 0; i < number; i++) {
                String id = name + "-" + "0".repeat(20) + i;
                boolean drop = i % 10 == 3;
                client.send(post("abc")
                        .replace(
                                HOST, HOST + "X-Request-Id: " + id.replace("-", "/") + "\r\nX-Drop: " + drop + "\r\n"));
                assertThat(client.message()).startsWith(drop ? "HTTP/1.1 503 " : "HTTP/1.1 200 ");
            }
        } catch (IOException | AssertionError e) {
            failures.add(e);
        }
    }

    private static void serve(RawDyno dyno) {
        try {
            while (true) {
                RawSide side = dyno.accept();
                Thread thread = new Thread(() -> serve(side));
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void serve(RawSide side) {
        try (side) {
            while (true) {
                if (side.message().contains("X-Drop: true")) {
                    return;
                }
                side.send(OK);
            }
        } catch (IOException e) {
            // the connection is over
        }
    }
}
