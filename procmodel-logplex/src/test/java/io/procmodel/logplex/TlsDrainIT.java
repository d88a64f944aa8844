package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.drain.SyslogPeer;
import io.procmodel.name.AppName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drains over TLS: who is who he says he is gets the lines, all others are refused and the app is told. */
@Tag("C31")
@Timeout(180)
class TlsDrainIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    private final Logplex logplex = Logplex.builder().allowInsecureDrains().build();
    private final Channel channel = logplex.channel("shop");
    private final LogSource web = logplex.open(AppName.of("shop"), LogOrigin.app("web.1"));

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(directory);
        certificates.authority("other");
        certificates.signed("good", "dns:localhost", "-1d", 30);
        certificates.signed("stranger", "dns:elsewhere.example.com", "-1d", 30);
        certificates.signed("expired", "dns:localhost", "-30d", 10);
        certificates.signed("client", "dns:client", "-1d", 30);
    }

    @AfterEach
    void tearDown() {
        logplex.close();
    }

    @Test
    void deliversToAPeerWhoseCertificateAndNameAreGood() throws Exception {
        try (SyslogPeer peer = peer("good", false)) {
            Drain drain = add(peer, "", "ca");
            web.line("secret");

            drain.flush(LONG);

            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).containsExactly("secret"));
            assertThat(heroku()).isEmpty();
        }
    }

    @Test
    void trustsOneOfSeveralAuthorities() throws Exception {
        try (SyslogPeer peer = peer("good", false)) {
            Drain drain = add(peer, "", "other", "ca");
            web.line("secret");
            drain.flush(LONG);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).containsExactly("secret"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stranger, ca, No subject alternative DNS name matching localhost found",
        "expired, ca, certificate expired",
        "good, other, unable to find valid certification path",
        "other, ca, unable to find valid certification path",
    })
    void refusesAllOthersAndTellsTheApp(String shown, String trusted, String reason) throws Exception {
        try (SyslogPeer peer = peer(shown, false)) {
            Drain drain = add(peer, "", trusted);
            web.line("secret");

            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(heroku())
                            .singleElement()
                            .asString()
                            .startsWith("Error L14 (certificate validation): error=\"")
                            .contains(reason)
                            .endsWith(" uri=\"syslog+tls://localhost:" + peer.port() + "\""));
            assertThat(peer.messages()).isEmpty();
            assertThat(drain.status().health()).isEqualTo(DrainStatus.Health.RETRYING);
            assertThat(drain.stats().dropped()).isZero();
        }
    }

    /** The system's authorities do not know ours. */
    @Test
    void trustsTheSystemsAuthoritiesOnlyUnlessToldOtherwise() throws Exception {
        try (SyslogPeer peer = peer("good", false)) {
            channel.drains().add("syslog+tls://localhost:" + peer.port());
            web.line("secret");

            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(heroku()).hasSize(1));
            assertThat(peer.messages()).isEmpty();
        }
    }

    @Test
    void showsItsOwnCertificateToAPeerThatAsks() throws Exception {
        try (SyslogPeer peer = peer("good", true)) {
            Drain drain = add(peer, "client", "ca");
            web.line("secret");
            drain.flush(LONG);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).containsExactly("secret"));
        }
    }

    @Test
    void goesWithoutChecksOnlyWhereTheHostAllowsIt() throws Exception {
        try (SyslogPeer peer = peer("expired", false);
                Logplex strict = Logplex.create()) {
            String uri = "syslog+tls://localhost:" + peer.port() + "#insecure";
            assertThatThrownBy(() -> strict.channel("shop").drains().add(uri))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("allows insecure drains");

            Drain drain = channel.drains().add(uri);
            web.line("secret");
            drain.flush(LONG);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).containsExactly("secret"));
        }
    }

    @Tag("C32")
    @Test
    void connectsAgainWhenThePeerHangsUp() throws Exception {
        try (SyslogPeer peer = peer("good", false)) {
            Drain drain = add(peer, "", "ca");
            web.line("one");
            drain.flush(LONG);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).containsExactly("one"));
            peer.hangUp();

            web.line("two");
            drain.flush(LONG);

            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).contains("two"));
            channel.stats().verify();
        }
    }

    private Drain add(SyslogPeer peer, String shown, String... trusted) throws Exception {
        SSLContext context = certificates.context(shown, trusted);
        return channel.drains()
                .add(
                        "syslog+tls://localhost:" + peer.port(),
                        DrainOptions.none().tls(context));
    }

    private List<String> heroku() {
        return channel.recent(LogQuery.source("heroku")).stream()
                .map(entry -> entry.text())
                .toList();
    }

    private static SyslogPeer peer(String shown, boolean wantsCertificate) throws Exception {
        SSLServerSocket server = (SSLServerSocket)
                certificates.context(shown, "ca").getServerSocketFactory().createServerSocket();
        server.setNeedClientAuth(wantsCertificate);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new SyslogPeer(server);
    }
}
