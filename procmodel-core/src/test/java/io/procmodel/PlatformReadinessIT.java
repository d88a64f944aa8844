package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.build.Source;
import io.procmodel.dyno.DynoState;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.Readiness;
import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a web dyno is asked for besides its port, through the public API, isolated as this machine does best. */
@EnabledOnOs(OS.LINUX)
class PlatformReadinessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Says "now ready" when somebody asks for /go, and then says yes to whoever asks for /ready. */
    private static final String SERVER = """
            use IO::Socket::INET;
            $| = 1;
            my $server = IO::Socket::INET->new(
                LocalAddr => "127.0.0.1", LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die "no port: $!";
            my $ready = 0;
            while (my $client = $server->accept) {
                my $asked = <$client> || "";
                if ($asked =~ m{/go}) { $ready = 1; print "now ready\\n"; }
                my $answer = $asked =~ m{/ready} && !$ready ? "no" : "yes";
                print $client "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($answer)
                    . "\\r\\nConnection: close\\r\\n\\r\\n$answer";
                close $client;
            }
            """;

    private static final String CHECK = """
            use IO::Socket::INET;
            my $server = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $ENV{PORT}) or exit 1;
            print $server "GET /ready HTTP/1.0\\r\\n\\r\\n";
            exit((grep { /yes/ } <$server>) ? 0 : 1);
            """;

    @TempDir
    Path directory;

    static Stream<Readiness> besidesThePort() {
        return Stream.of(Readiness.logLine("^now ready$"), Readiness.command("perl check.pl"));
    }

    @ParameterizedTest
    @MethodSource("besidesThePort")
    void aWebDynoIsUpOnlyWhenItHasShownWhatItIsAskedFor(Readiness readiness) throws IOException {
        assumeThat(Path.of("/usr/bin/perl")).as("perl").exists();
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("server.pl"), SERVER);
        Files.writeString(source.resolve("check.pl"), CHECK);
        Files.writeString(source.resolve("Procfile"), "web: exec perl server.pl\n");
        try (Platform platform = Platform.builder()
                .home(directory.resolve("home"))
                .policy(AppPolicy.HEROKU.type("web", type -> type.readiness(readiness)))
                .open()) {
            assumeThat(platform.capabilities()).as("a sandbox").contains(Capability.SANDBOX);
            App shop = platform.createApp("shop");
            shop.deploy(Source.directory(source));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ask(shop, "/ready")).isEqualTo("no"));
            assertThat(shop.dynos().get("web.1").state()).isEqualTo(DynoState.STARTING);

            assertThat(ask(shop, "/go")).isEqualTo("yes");
            shop.dynos().awaitUp(PATIENCE);
        }
    }

    private static String ask(App app, String path) {
        try {
            URI address = app.dynos().get("web.1").address().orElseThrow();
            try (InputStream body = address.resolve(path).toURL().openStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }
}
