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
import javax.net.ssl.TrustManager;
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
        certificates.signed("good", "localhost", 1, 30);
        certificates.signed("stranger", "elsewhere.example.com", 1, 30);
        certificates.signed("expired", "localhost", 30, 10);
        certificates.signed("early", "localhost", -10, 30);
        certificates.signed("client", "client", 1, 30);
        certificates.authority("middle", "ca");
        certificates.authority("lower", "middle");
        certificates.signedBy("lower", "deep", "localhost");
        certificates.signedBy("client", "forged", "localhost");
    }

    /** Closing waits for drains that can't deliver; these here are removed before. */
    @AfterEach
    void tearDown() {
        channel.drains().list().forEach(Drain::remove);
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
        "early, ca, certificate not yet valid",
        "forged, ca, not a CA certificate",
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

    @Test
    void followsAChainOfAuthoritiesToTheOneItKnows() throws Exception {
        try (SyslogPeer peer = peer("deep", false)) {
            Drain drain = add(peer, "", "ca");
            web.line("secret");
            drain.flush(LONG);
            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(peer.texts()).containsExactly("secret"));
        }
    }

    /** A context of the host's own decides alone whom it trusts; the name is checked all the same. */
    @ParameterizedTest
    @CsvSource({"good, good, true", "deep, good, false", "stranger, stranger, false"})
    void trustsAPinnedCertificateAlone(String shown, String pinned, boolean delivered) throws Exception {
        try (SyslogPeer peer = peer(shown, false)) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedCertificate(certificates.certificate(pinned))}, null);
            channel.drains()
                    .add(
                            "syslog+tls://localhost:" + peer.port(),
                            DrainOptions.none().tls(context));
            web.line("secret");

            Awaitility.await()
                    .atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(peer.texts().size() + heroku().size()).isEqualTo(1));
            assertThat(peer.texts()).isEqualTo(delivered ? List.of("secret") : List.of());
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
