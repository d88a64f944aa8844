package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.BuildpackException;
import io.procmodel.build.Source;
import io.procmodel.examples.GitClient.Outcome;
import io.procmodel.git.GitBuildpacks;
import io.procmodel.release.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real git command line, and builds, against the example server with a certificate and passwords. */
@DisabledOnOs(OS.WINDOWS)
class GitPushHttpsIT {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private GitClient client;
    private SSLContext certificate;
    private Platform platform;
    private App shop;
    private GitPush server;
    private Path work;

    @BeforeEach
    void openServer() throws Exception {
        Path authority = directory.resolve("authority.pem");
        client = new GitClient(directory, "-c", "http.sslCAInfo=" + authority);
        certificate = ownCertificate(authority);
        platform = Platform.builder()
                .home(directory.resolve("home"))
                .buildpacks(GitBuildpacks.create())
                .open();
        shop = platform.createApp("shop");
        server = new GitPush(platform, directory.resolve("git"), 0, certificate, Map.of("alice", "open sesame"));
        work = client.init(directory.resolve("work"));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
            platform.close();
        }
    }

    private String url(String app, String credentials) {
        return server.url(app).replace("://", "://" + credentials + "@");
    }

    @Test
    void aPushNeedsAPasswordAndItsReleaseNamesWhoPushed() throws Exception {
        for (String address : List.of(server.url("shop"), url("shop", "alice:guess"), url("shop", "bob:"))) {
            Outcome refused = client.run(work, "push", address, "main");
            assertThat(refused.status()).as(refused.output()).isNotZero();
        }
        assertThat(directory.resolve("git")).doesNotExist();

        Outcome pushed = client.run(work, "push", url("shop", "alice:open%20sesame"), "main");

        assertThat(pushed.status()).as(pushed.output()).isZero();
        Release release = shop.releases().current();
        assertThat(release.version()).isEqualTo(2);
        assertThat(release.author()).isEqualTo("alice");
    }

    /** BLD-22. */
    @Test
    void aBuildpackIsFetchedWithThePasswordOfItsAddress() throws Exception {
        platform.createApp("pack");
        client.commit(work, "bin/detect", "#!/bin/sh\necho Pack\n");
        client.commit(work, "bin/compile", "#!/bin/sh\necho packed\n");
        client.run(work, "update-index", "--chmod=+x", "bin/detect", "bin/compile");
        client.run(work, "commit", "-q", "-m", "executable");
        assertThat(client.run(work, "push", url("pack", "alice:open%20sesame"), "main")
                        .status())
                .isZero();
        List<String> lines = new ArrayList<>();
        SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
        HttpsURLConnection.setDefaultSSLSocketFactory(certificate.getSocketFactory());
        try {
            shop.buildpacks().set(url("pack", "alice:guess"));
            assertThatThrownBy(() -> shop.deploy(Source.directory(work), lines::add))
                    .isInstanceOf(BuildpackException.class)
                    .hasMessageContaining("cannot be fetched")
                    .hasMessageNotContaining("guess");

            shop.buildpacks().set(url("pack", "alice:open%20sesame"));
            shop.deploy(Source.directory(work), lines::add);
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
        assertThat(lines)
                .contains("-----> Pack app detected", "packed")
                .noneMatch(line -> line.contains("sesame") || line.contains("guess"));
    }

    /** A context of a certificate that nobody else has signed, and that trusts it. */
    private SSLContext ownCertificate(Path pem) throws Exception {
        Path file = directory.resolve("own.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                new String(STORE_PASSWORD),
                "-keystore",
                file.toString());
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
        byte[] encoded = store.getCertificate("mykey").getEncoded();
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", store.getCertificate("mykey"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
