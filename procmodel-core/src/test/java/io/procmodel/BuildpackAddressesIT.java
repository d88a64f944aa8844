package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.procmodel.build.BuildCancelledException;
import io.procmodel.build.BuildException;
import io.procmodel.build.Buildpack;
import io.procmodel.build.BuildpackException;
import io.procmodel.build.NoBuildpackException;
import io.procmodel.build.Source;
import io.procmodel.error.InvalidValueException;
import io.procmodel.runtime.Isolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BLD-22 and BLD-23: buildpacks at addresses, and the one that a deploy remembers. */
@EnabledOnOs(OS.LINUX)
class BuildpackAddressesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path GREETER =
            Path.of("src/test/buildpacks/greeter-bash").toAbsolutePath();

    @TempDir
    Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Path source;
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("greeting.txt"), "");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        openPlatform();
        shop = platform.createApp("shop");
    }

    private void openPlatform() {
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .open();
        platform.findApp("shop").ifPresent(found -> shop = found);
    }

    @AfterEach
    void close() {
        never.countDown();
        platform.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** A request for the file notes what it came with; the tag of the file is its size. */
    private String serve(String path, Path file) {
        server.createContext(path, exchange -> {
            String tag = "\"" + Files.size(file) + "\"";
            String known = exchange.getRequestHeaders().getFirst("If-None-Match");
            requests.add(known + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("ETag", tag);
            answer(exchange, tag.equals(known) ? 304 : 200, Files.readAllBytes(file));
        });
        return address(path);
    }

    private String address(String path) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
            if (status == 200) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Path tar(String name, String options, Path parent, String... what) throws Exception {
        Path archive = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of("tar", options, archive.toString(), "-C"));
        command.add(parent.toString());
        command.addAll(List.of(what));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return archive;
    }

    private void build(String buildpack) {
        shop.buildpacks().set(buildpack);
        shop.build(Source.directory(source), lines::add);
    }

    @Test
    void anArchiveOnTheDiskBuildsWhetherItHasADirectoryOfItsOwnOrNot() throws Exception {
        build(tar("flat.tar", "cf", GREETER, ".").toString());
        assertThat(lines).contains("-----> Greeter app detected", "-----> Greeting on heroku-24");

        lines.clear();
        build(tar("wrapped.tgz", "czf", GREETER.getParent(), "greeter-bash")
                .toUri()
                .toString());
        assertThat(lines).contains("-----> Greeter app detected", "-----> Greeting on heroku-24");

        lines.clear();
        build(tar("bin.tar.gz", "czf", GREETER, "bin").toString());
        assertThat(lines).contains("-----> Greeter app detected");
    }

    @Test
    void anArchiveOnAServerIsAskedForAnewAndTransferredWhenItChanged() throws Exception {
        Path archive = tar("greeter.tgz", "czf", GREETER, ".");
        String address = serve("/greeter.tgz", archive);

        build(address);
        build(address);
        assertThat(requests).containsExactly("null null", "\"" + Files.size(archive) + "\" null");
        assertThat(lines).containsSubsequence("-----> Fetching buildpack " + address, "-----> Greeter app detected");

        tar("greeter.tgz", "cf", GREETER.resolveSibling("greeter-python"), ".");
        build(address);
        shop.builds().purgeCache();
        build(address);
        assertThat(requests).hasSize(4).last().isEqualTo("null null");
    }

    @Test
    void aPasswordReachesTheServerAndNobodyElse() throws Exception {
        String address = serve("/greeter.tgz", tar("greeter.tgz", "czf", GREETER, "."));

        build(address.replace("http://", "http://me:s3cret@"));

        assertThat(requests)
                .containsExactly("null Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(UTF_8)));
        assertThatThrownBy(() -> build(address("/gone.tgz").replace("http://", "http://me:s3cret@")))
                .isInstanceOf(BuildpackException.class)
                .hasMessage(
                        "buildpack " + address("/gone.tgz")
                                + ": cannot be fetched: HTTP status 404 (expected: a tar or tar.gz with bin/detect and bin/compile)");
        assertThat(lines).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void aPasswordIsTakenAlongToAnotherPlaceOfTheServerAndNotToAnotherServer() throws Exception {
        Path archive = tar("greeter.tgz", "czf", GREETER, ".");
        serve("/greeter.tgz", archive);
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(threads);
        redirect(front, "/far.tgz", address("/greeter.tgz"));
        redirect(front, "/round.tgz", "/round.tgz");
        redirect(server, "/near.tgz", "/greeter.tgz");
        front.start();
        String frontAddress = "http://me:s3cret@127.0.0.1:" + front.getAddress().getPort();
        try {
            build(frontAddress + "/far.tgz");
            build(address("/near.tgz").replace("http://", "http://me:s3cret@"));

            String basic = "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(UTF_8));
            assertThat(requests)
                    .containsExactly("/far.tgz " + basic, "null null", "/near.tgz " + basic, "null " + basic);
            assertThatThrownBy(() -> build(frontAddress + "/round.tgz"))
                    .isInstanceOf(BuildpackException.class)
                    .hasMessageContaining("/round.tgz: cannot be fetched: more than 5 redirections");
        } finally {
            front.stop(0);
        }
    }

    private void redirect(HttpServer from, String path, String to) {
        from.createContext(path, exchange -> {
            requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("Location", to);
            answer(exchange, 302, new byte[0]);
        });
    }

    @Test
    void nothingOfAnErrorPageGetsIntoTheArchiveOfTheNextBuild() throws Exception {
        byte[] greeter = Files.readAllBytes(tar("greeter.tgz", "czf", GREETER, "."));
        byte[] page = new byte[greeter.length * 3];
        server.createContext("/late.tgz", exchange -> {
            try (exchange) {
                boolean first = requests.isEmpty();
                requests.add("late");
                exchange.sendResponseHeaders(first ? 503 : 200, first ? page.length : greeter.length);
                exchange.getResponseBody().write(first ? page : greeter);
            }
        });
        assertThatThrownBy(() -> build(address("/late.tgz"))).hasMessageContaining("HTTP status 503");

        build(address("/late.tgz"));

        try (Stream<Path> kept = Files.walk(directory.resolve("home/cache/.buildpacks/shop"))) {
            assertThat(kept.filter(file -> file.endsWith("archive")))
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasBinaryContent(greeter));
        }
    }

    @Test
    void whatIsNotToBeHadFailsTheBuildAndSaysWhy() throws Exception {
        assertThatThrownBy(() -> build("http://127.0.0.1:1/x.tgz"))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("http://127.0.0.1:1/x.tgz: cannot be fetched: java.net.ConnectException");
        assertThatThrownBy(() -> build(directory.resolve("missing.tar").toString()))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("missing.tar: cannot be read");
        assertThatThrownBy(() ->
                        build(tar("empty.tar", "cf", source, "greeting.txt").toString()))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("bin/detect is missing");
        Path text = Files.writeString(directory.resolve("text.tgz"), "<html>Not found</html>");
        assertThatThrownBy(() -> build(text.toString()))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("is refused: archive: damaged");
        assertThat(directory.resolve("home/run/builds")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "/escaped", "bin/../../escaped", "bomb"})
    void aHostileArchiveIsRefusedAndWritesNothingOutside(String name) throws Exception {
        Path archive = directory.resolve("hostile.tgz");
        Files.write(archive, hostile(name));
        String address = serve("/hostile.tgz", archive);

        assertThatThrownBy(() -> build(address))
                .isInstanceOf(BuildpackException.class)
                .hasMessageStartingWith("buildpack " + address + ": is refused: archive");

        assertThat(directory.resolve("home/run/builds")).isEmptyDirectory();
        assertThat(Path.of("/escaped")).doesNotExist();
    }

    private static byte[] hostile(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] content = new byte[name.equals("bomb") ? 40 << 20 : 10];
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void aServerThatStallsEndsWithTheBuild() {
        CountDownLatch asked = new CountDownLatch(1);
        server.createContext("/slow.tgz", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            asked.countDown();
            awaitForever();
        });
        CompletableFuture<Void> build = CompletableFuture.runAsync(() -> build(address("/slow.tgz")), threads);
        await().atMost(PATIENCE).until(() -> asked.getCount() == 0);

        assertThat(shop.builds().cancel()).isEqualTo(1);

        assertThatThrownBy(build::join).hasCauseInstanceOf(BuildCancelledException.class);
    }

    private void awaitForever() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsNoAddressOfAnyKindIsRefusedWhenItIsSet() {
        for (String nothing : List.of("relative.tgz", "ftp://127.0.0.1/x.tgz", "https:///x.tgz", "https://x/y.git")) {
            assertThatThrownBy(() -> shop.buildpacks().set(nothing))
                    .as(nothing)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("the path or address of a tar or tgz");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"git@127.0.0.1:acme/perl.git", "ssh://git:s3cret@127.0.0.1/acme/perl.git"})
    void anAddressOverSshIsToldToBecomeOneOverHttps(String address) {
        assertThatThrownBy(() -> shop.buildpacks().set(address))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("(expected: the repository's https address: a build has no key to show over ssh)")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void noErrorShowsAPassword() {
        for (String[] addresses : List.of(
                new String[] {"https://me:s3cret@127.0.0.1/x.zip"},
                new String[] {"https://me:s3cret@127.0.0.1/x.tgz", "https://me:s3cret@127.0.0.1/x.tgz"})) {
            assertThatThrownBy(() -> shop.buildpacks().set(addresses))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("\"https://127.0.0.1/x.")
                    .hasMessageNotContaining("s3cret");
        }
    }

    /** A certificate that the JVM trusts is as good as any; one that it does not is an error that says so. */
    @Test
    void httpsTrustsWhatTheJvmTrusts() throws Exception {
        SSLContext own = ownCertificate();
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(own));
        secure.setExecutor(threads);
        byte[] greeter = Files.readAllBytes(tar("greeter.tgz", "czf", GREETER, "."));
        secure.createContext("/", exchange -> answer(exchange, 200, greeter));
        secure.start();
        String address = "https://localhost:" + secure.getAddress().getPort() + "/greeter.tgz";
        SSLContext before = SSLContext.getDefault();
        try {
            assertThatThrownBy(() -> build(address))
                    .isInstanceOf(BuildpackException.class)
                    .hasMessageStartingWith("buildpack " + address + ": cannot be fetched: javax.net.ssl.SSL");
            SSLContext.setDefault(own);
            build(address);
            assertThat(lines).contains("-----> Fetching buildpack " + address, "-----> Greeter app detected");
        } finally {
            SSLContext.setDefault(before);
            secure.stop(0);
        }
    }

    /** A context of a certificate that nobody else has signed, and that trusts it. */
    private SSLContext ownCertificate() throws Exception {
        Path file = directory.resolve("own.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", store.getCertificate("mykey"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** BLD-23. */
    @Test
    void theBuildpackThatDetectedAnAppIsRememberedByItsDeploy() throws IOException {
        Files.writeString(source.resolve("index.php"), "<?php");
        Files.writeString(source.resolve("Procfile"), "worker: sleep 1000\n");
        platform.close();
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .buildpack("heroku/php", Buildpack.directory(phpLike()))
                .open();
        shop = platform.findApp("shop").orElseThrow();
        shop.build(Source.directory(source));
        assertThat(shop.buildpacks().detected()).as("nothing was released").isEmpty();
        shop.deploy(Source.directory(source));
        assertThat(shop.buildpacks().detected()).contains("heroku/php");
        assertThat(shop.buildpacks().list()).isEmpty();

        Files.delete(source.resolve("index.php"));
        Files.writeString(source.resolve("index.html"), "");
        assertThatThrownBy(() -> shop.deploy(Source.directory(source), lines::add))
                .isInstanceOf(NoBuildpackException.class)
                .isInstanceOf(BuildException.class);
        assertThat(shop.releases().list()).hasSize(2);

        shop.buildpacks().clear();
        shop.deploy(Source.directory(source));
        assertThat(shop.buildpacks().detected())
                .as("the library's fallback, which is for apps of no language")
                .isEmpty();
    }

    /** Detects index.php and does nothing, with no need of PHP. */
    private Path phpLike() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("php/bin"));
        for (List<String> script : List.of(
                List.of("detect", "[ -e \"$1/index.php\" ] && echo PHP"), List.of("compile", "echo nothing to do"))) {
            Path file = Files.writeString(bin.resolve(script.get(0)), "#!/bin/sh\n" + script.get(1) + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return bin.getParent();
    }
}
