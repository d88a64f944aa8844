package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The syslog drain against a real rsyslog, over TCP and TLS, also across its restart. */
@Tag("C55")
@Timeout(240)
class RsyslogIT {
    private static final Path RSYSLOGD = Path.of("/usr/sbin/rsyslogd");
    private static final Path TLS_DRIVER = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_ossl.so");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final Logplex logplex =
            Logplex.builder().history(200_000).historyBytes(64 << 20).build();
    private final Channel channel = logplex.channel("shop");
    private final LogSource web = logplex.open(AppName.of("shop"), LogOrigin.app("web.1"));
    private Path received = Path.of("unset");
    private Process rsyslog;
    private ReservedPort reserved;

    @BeforeAll
    static void findRsyslog() {
        Assumptions.assumeTrue(Files.isExecutable(RSYSLOGD), "SKIPPED: no rsyslogd on this machine");
    }

    @BeforeEach
    void reserve() throws IOException {
        reserved = new ReservedPort();
    }

    @AfterEach
    void tearDown() throws InterruptedException, IOException {
        channel.drains().list().forEach(Drain::remove);
        logplex.close();
        stop();
        reserved.close();
    }

    @Tag("C28")
    @Test
    void receivesEverythingOverTcp() throws Exception {
        int port = reserved.number();
        start(tcp(port));
        Drain drain = channel.drains().add("syslog://127.0.0.1:" + port);
        say(1, 20_000);
        web.line("with \u0007 control and caf\u00e9");
        drain.flush(LONG);

        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(lines()).hasSize(20_001));
        assertThat(lines().subList(0, 20_000))
                .isEqualTo(IntStream.rangeClosed(1, 20_000)
                        .mapToObj(i -> drain.token() + " app web.1 line " + i)
                        .toList());
        assertThat(drain.stats().dropped()).isZero();
    }

    /** What a restart may have lost is counted: received and counted together are at least what was said. */
    @Tag("C32")
    @Test
    void receivesOrIsCountedAcrossItsRestart() throws Exception {
        int port = reserved.number();
        start(tcp(port));
        Drain drain = channel.drains().add("syslog://127.0.0.1:" + port);
        for (int round = 0; round < 3; round++) {
            say(round * 10_000 + 1, round * 10_000 + 5_000);
            stop();
            say(round * 10_000 + 5_001, round * 10_000 + 10_000);
            start(tcp(port));
        }
        drain.flush(LONG);

        Awaitility.await().atMost(LONG).untilAsserted(() -> {
            Set<String> distinct = new HashSet<>(lines());
            distinct.removeIf(line -> !line.contains(" line "));
            assertThat(distinct.size() + drain.stats().dropped()).isGreaterThanOrEqualTo(30_000);
        });
        channel.stats().verify();
    }

    @Tag("C31")
    @Test
    void receivesEverythingOverTlsFromOneWhoKnowsIt() throws Exception {
        Assumptions.assumeTrue(Files.exists(TLS_DRIVER), "SKIPPED: no rsyslog-openssl on this machine");
        Certificates certificates = new Certificates(directory);
        certificates.signed("good", "localhost", 1, 30);
        int port = reserved.number();
        start(tls(port, certificates, "good"));
        Drain drain = channel.drains()
                .add("syslog+tls://localhost:" + port, DrainOptions.none().tls(certificates.context("", "ca")));
        say(1, 5_000);
        drain.flush(LONG);

        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(lines()).hasSize(5_000));
        stop();
        start(tls(port, certificates, "good"));
        say(5_001, 5_010);
        drain.flush(LONG);
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(lines()).contains(drain.token() + " app web.1 line 5010"));
    }

    @Tag("C31")
    @Test
    void getsNothingWhenItsCertificateIsExpired() throws Exception {
        Assumptions.assumeTrue(Files.exists(TLS_DRIVER), "SKIPPED: no rsyslog-openssl on this machine");
        Certificates certificates = new Certificates(directory);
        certificates.signed("expired", "localhost", 30, 10);
        int port = reserved.number();
        start(tls(port, certificates, "expired"));
        channel.drains()
                .add("syslog+tls://localhost:" + port, DrainOptions.none().tls(certificates.context("", "ca")));
        say(1, 1);

        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(channel.recent(LogQuery.source("heroku")))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.text())
                                .startsWith("Error L14 (certificate validation): error=\"certificate expired")));
        assertThat(lines()).isEmpty();
    }

    private static String tcp(int port) {
        return "module(load=\"imtcp\")\ninput(type=\"imtcp\" port=\"" + port + "\" address=\"127.0.0.1\")\n";
    }

    private static String tls(int port, Certificates certificates, String name) throws Exception {
        Path key = certificates.key(name);
        return """
                global(defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="%s"
                       defaultNetstreamDriverCertFile="%s" defaultNetstreamDriverKeyFile="%s")
                module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")
                input(type="imtcp" port="%d" address="127.0.0.1")
                """.formatted(certificates.pem("ca"), certificates.pem(name), key, port);
    }

    private void start(String input) throws IOException {
        received = directory.resolve("received");
        Path configuration = directory.resolve("rsyslog.conf");
        Files.writeString(configuration, """
                global(workDirectory="%s" maxMessageSize="64k" parser.escapeControlCharactersOnReceive="off")
                main_queue(queue.timeoutShutdown="30000" queue.timeoutActionCompletion="30000" queue.timeoutEnqueue="60000")
                %s
                template(name="plain" type="string" string="%%HOSTNAME%% %%APP-NAME%% %%PROCID%% %%msg%%\\n")
                action(type="omfile" file="%s" template="plain")
                """.formatted(directory, input, received));
        rsyslog = new ProcessBuilder(
                        RSYSLOGD.toString(),
                        "-n",
                        "-f",
                        configuration.toString(),
                        "-i",
                        directory.resolve("pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("rsyslog.log").toFile())
                .start();
    }

    private void stop() throws InterruptedException {
        if (rsyslog != null) {
            rsyslog.destroy();
            if (!rsyslog.waitFor(30, TimeUnit.SECONDS)) {
                rsyslog.destroyForcibly();
            }
        }
    }

    private void say(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> web.line("line " + i));
    }

    private List<String> lines() throws IOException {
        return Files.exists(received) ? Files.readAllLines(received) : List.of();
    }
}
