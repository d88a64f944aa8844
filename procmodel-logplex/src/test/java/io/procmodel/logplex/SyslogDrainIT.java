package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.drain.SyslogPeer;
import io.procmodel.name.AppName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drains over plain TCP against a peer that counts octets. */
@Timeout(120)
class SyslogDrainIT {
    private static final AppName SHOP = AppName.of("shop");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Logplex logplex =
            Logplex.builder().history(100_000).historyBytes(64 << 20).build();
    private final Channel channel = logplex.channel(SHOP);
    private final LogSource web = logplex.open(SHOP, LogOrigin.app("web.1"));

    @AfterEach
    void tearDown() {
        logplex.close();
    }

    @Tag("C28")
    @Test
    void deliversEveryLineInOrder() throws Exception {
        try (SyslogPeer peer = SyslogPeer.plain()) {
            web.line("before the drain");
            Drain drain = channel.drains().add("syslog://127.0.0.1:" + peer.port());
            say(1, 20_000);

            drain.flush(LONG);

            await(peer, 20_000);
            assertThat(peer.texts()).isEqualTo(lines(1, 20_000));
            assertThat(peer.messages().get(0))
                    .matches("<190>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00 " + drain.token()
                            + " app web\\.1 - - line 1");
            assertThat(drain.token()).matches("d\\.[0-9a-f-]{36}");
            assertThat(drain.status().health()).isEqualTo(DrainStatus.Health.UP);
            channel.stats().verify();
        }
    }

    @Tag("C28")
    @Tag("C41")
    @Test
    void sendsWhatThereIsWhenTheLogplexIsClosed() throws Exception {
        try (SyslogPeer peer = SyslogPeer.plain()) {
            channel.drains().add("syslog://127.0.0.1:" + peer.port());
            say(1, 1_000);

            logplex.close();

            await(peer, 1_000);
            assertThat(peer.texts()).isEqualTo(lines(1, 1_000));
        }
    }

    @Tag("C25")
    @Tag("C28")
    @Test
    void retriesUntilThePeerIsThereAndSaysWhyMeanwhile() throws Exception {
        try (ReservedPort reserved = new ReservedPort()) {
            retriesUntilThePeerIsThereAndSaysWhyMeanwhile(reserved.number());
        }
    }

    private void retriesUntilThePeerIsThereAndSaysWhyMeanwhile(int port) throws Exception {
        Drain drain = channel.drains().add("syslog://127.0.0.1:" + port);
        say(1, 10);
        Awaitility.await().atMost(LONG).until(() -> drain.status().failures() > 1);
        assertThat(drain.status().health()).isEqualTo(DrainStatus.Health.RETRYING);
        assertThat(drain.status().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("refused"));
        assertThat(drain.status().lagLines()).isEqualTo(10);
        assertThatThrownBy(() -> drain.flush(Duration.ofMillis(50)))
                .isInstanceOf(DrainException.class)
                .hasMessageContaining("syslog://127.0.0.1:" + port + " still has 10 lines")
                .hasMessageContaining("refused");

        try (SyslogPeer peer = SyslogPeer.plain(port)) {
            drain.flush(LONG);
            await(peer, 10);
            assertThat(peer.texts()).isEqualTo(lines(1, 10));
        }
    }

    /** Every line is received or counted, whatever the peer does to its connections. */
    @Tag("C32")
    @Test
    void losesNothingUncountedWhenThePeerHangsUp() throws Exception {
        try (SyslogPeer peer = SyslogPeer.plain()) {
            Drain drain = channel.drains().add("syslog://127.0.0.1:" + peer.port());
            int next = 1;
            for (int round = 0; round < 20 || peer.connections() <= 5; round++) {
                say(next, next + 199);
                next += 200;
                drain.flush(LONG);
                peer.hangUp();
            }
            drain.flush(LONG);
            int received = next - 1;
            Awaitility.await().atMost(LONG).untilAsserted(() -> {
                long got = peer.texts().stream()
                        .filter(text -> text.startsWith("line "))
                        .distinct()
                        .count();
                assertThat(got + drain.stats().dropped()).isGreaterThanOrEqualTo(received);
            });
            assertThat(peer.connections()).isGreaterThan(5);
            channel.stats().verify();
        }
    }

    @Tag("C32")
    @Test
    void noticesThatThePeerHasClosedBeforeItSendsTheNextLine() throws Exception {
        try (SyslogPeer peer = SyslogPeer.plain()) {
            Drain drain = channel.drains().add("syslog://127.0.0.1:" + peer.port());
            say(1, 1);
            drain.flush(LONG);
            await(peer, 1);
            peer.hangUp();

            say(2, 2);
            drain.flush(LONG);

            await(peer, 2);
            assertThat(peer.texts()).containsExactly("line 1", "line 2");
            assertThat(drain.stats().dropped()).isZero();
        }
    }

    @Tag("C34")
    @Tag("C41")
    @Test
    void letsNobodyWaitForAPeerThatStopsReading() throws Exception {
        ServerSocket small = new ServerSocket();
        small.setReceiveBufferSize(64 * 1024);
        small.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (SyslogPeer stalled = new SyslogPeer(small);
                SyslogPeer healthy = SyslogPeer.plain()) {
            stalled.stopReading();
            Drain stuck = channel.drains().add("syslog://127.0.0.1:" + stalled.port());
            Drain works = channel.drains().add("syslog://127.0.0.1:" + healthy.port());
            String padding = "x".repeat(900);
            for (int i = 0; i < 50_000; i++) {
                web.line(i + padding);
            }
            works.flush(LONG);
            await(healthy, 50_000);
            assertThat(stuck.status().lagLines()).isPositive();

            long start = System.nanoTime();
            stuck.remove();
            logplex.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThat(stuck.status().health()).isEqualTo(DrainStatus.Health.REMOVED);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .noneMatch(thread -> thread.getName().endsWith(stuck.token() + "-drain")));
        }
    }

    private void say(int from, int to) {
        lines(from, to).forEach(web::line);
    }

    private static List<String> lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toList();
    }

    private static void await(SyslogPeer peer, int messages) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(peer.messages()).hasSizeGreaterThanOrEqualTo(messages));
    }
}
