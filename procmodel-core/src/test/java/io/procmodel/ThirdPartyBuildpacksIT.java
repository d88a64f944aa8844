package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.procmodel.build.BuildException;
import io.procmodel.build.BuildpackException;
import io.procmodel.build.NoBuildpackException;
import io.procmodel.build.Source;
import io.procmodel.procfile.ProcessType;
import io.procmodel.release.Release;
import io.procmodel.runtime.Isolation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Buildpacks in the shape of those that are published for languages: libraries beside {@code bin}, downloads, a cache that is
 * trusted by a signature, pipes that indent, traps, {@code export} (BLD-15, BLD-16, BLD-18, BLD-19). What they fetch comes from a server on this machine.
 */
@EnabledOnOs(OS.LINUX)
class ThirdPartyBuildpacksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path BUILDPACKS =
            Path.of("src/test/buildpacks/third-party").toAbsolutePath();

    /** What the buildpacks fetch as an interpreter. */
    private static final String NODE = """
            #!/bin/sh
            case "$1" in
              --version) echo v20.1.0 ;;
              --run) shift; exec python3 "$@" ;;
            esac
            """;

    @TempDir
    Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path source;
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() throws IOException {
        for (String program : List.of("bash", "python3", "curl")) {
            boolean there = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
            assumeTrue(there, "SKIPPED: " + program + " is not on the PATH");
        }
        source = Files.createDirectory(directory.resolve("source"));
        byte[] archive = archive();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/node.tar.gz", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, archive.length);
                exchange.getResponseBody().write(archive);
            }
        });
        server.start();
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .open();
        shop = platform.createApp("shop");
    }

    @AfterEach
    void close() {
        if (platform != null) {
            platform.close();
            server.stop(0);
        }
    }

    /** All in one directory, as they are published. */
    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] content = NODE.getBytes(UTF_8);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("node-v20/bin/node");
            entry.setSize(content.length);
            entry.setMode(0755);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private String mirror() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/node.tar.gz";
    }

    private Release deploy(String... names) {
        shop.buildpacks()
                .set(Stream.of(names)
                        .map(name -> BUILDPACKS.resolve(name).toString())
                        .toArray(String[]::new));
        return shop.deploy(Source.directory(source), lines::add);
    }

    private void write(String name, String... text) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(text));
        assertThat(file.toFile().setExecutable(text.length > 0 && text[0].startsWith("#!")))
                .isTrue();
    }

    private String inDyno(String command) {
        OneOffResult result = shop.run(command).capture(PATIENCE);
        assertThat(result.exitStatus()).isZero();
        return result.output().strip();
    }

    @Test
    void theOneLikeNodesFetchesInstallsAndTrustsItsCacheNextTime() throws IOException {
        write("package.json", "{}");
        write("server.sh", "#!/bin/sh", "echo serving with $(node --version) from $NODE_HOME; sleep 1000");
        shop.config().set(Map.of("NODE_MIRROR", mirror(), "NODE_ENV", "staging", "LD_PRELOAD", "/nowhere.so"));

        deploy("nodejs");

        assertThat(lines)
                .containsSubsequence(
                        "-----> Node.js app detected",
                        "-----> Creating runtime environment",
                        "       NODE_ENV=staging",
                        "-----> Installing binaries",
                        "       Downloading and installing node...",
                        "-----> Restoring cache",
                        "       - no cache for this version",
                        "-----> Installing dependencies",
                        "       installed 1 times",
                        "       v20.1.0",
                        "-----> Build succeeded!",
                        "       Default types for Node.js -> web")
                .noneMatch(line -> line.contains("who asks for it?"));
        shop.config().unset("LD_PRELOAD");
        assertThat(inDyno("node --version; basename $(command -v serve); echo $NODE_ENV $WEB_CONCURRENCY"))
                .isEqualTo("v20.1.0\nserve\nstaging 2");

        lines.clear();
        deploy("nodejs");

        assertThat(lines).contains("       - node_modules (restored from shop)", "       installed 2 times");
    }

    @Test
    void theOneLikePythonsReadsConfigInAShellOfItsOwnAndExports() throws IOException {
        write("requirements.txt", "gunicorn", "flask");
        write("package.json", "{}");
        write("server.sh", "#!/bin/sh", "sleep 1000");
        write("Procfile", "web: gunicorn");
        shop.config().set(Map.of("NODE_MIRROR", mirror(), "PIP_INDEX", "a mirror", "SECRET_KEY", "a b\n\"c\" $(d)"));

        deploy("python", "nodejs");

        assertThat(lines)
                .containsSubsequence(
                        "-----> Python app detected",
                        "-----> No cached version",
                        "-----> Installing from a mirror",
                        "       left with 0",
                        "-----> Node.js app detected")
                .contains("       Collecting gunicorn", "       warning: flask is old");
        assertThat(inDyno("gunicorn; node --version")).isEqualTo("gunicorn of settings of app with a secret\nv20.1.0");
        assertThat(shop.releases().current().slug().orElseThrow().processTypes())
                .containsExactly(new ProcessType("web", "gunicorn"));
        assertThat(lines).noneMatch(line -> line.contains("$(d)"));

        lines.clear();
        deploy("python");
        assertThat(lines).contains("-----> Restoring cache");
    }

    @Test
    void theOneLikeRubysBootstrapsItsInterpreterBehindALinkedBin() throws IOException {
        write("Gemfile", "source 'https://rubygems.org'");
        write("config.ru", "run App");
        shop.config().set(Map.of("RUBY_MIRROR", mirror()));

        Release release = deploy("ruby");

        assertThat(lines)
                .containsSubsequence(
                        "-----> Ruby app detected",
                        "-----> Using Ruby version: ruby-heroku-24",
                        "       Fetching gem 1",
                        "       deprecated 3",
                        "       Default types for Ruby  -> rake, console, web");
        assertThat(release.config().keys()).contains("RACK_ENV", "LANG");
        assertThat(inDyno("bundle exec cat $HOME/vendor/bundle/gem; echo $RACK_ENV"))
                .isEqualTo("gemproduction");
    }

    /** A script that shows all it says through a process of its own ends before that process does. */
    @Test
    void theOneLikePhpsLosesNoneOfItsLastWords() throws IOException {
        write("index.php", "<?php");

        deploy("php");

        assertThat(lines).containsSubsequence("-----> Bootstrapping...", "       part 3");
        assertThat(lines)
                .contains("       found ./index.php")
                .containsAll(IntStream.rangeClosed(1, 20)
                        .mapToObj(number -> "       last words " + number)
                        .toList());
        assertThat(shop.releases().current().slug().orElseThrow().processTypes())
                .containsExactly(new ProcessType("web", "heroku-php-apache2"));
    }

    @Test
    void oneThatPutsAPartOfTheAppInThePlaceOfTheApp() throws IOException {
        write("services/shop/package.json", "{}");
        write("services/shop/server.sh", "#!/bin/sh", "sleep 1000");
        write("README", "not for the slug");
        shop.config().set(Map.of("NODE_MIRROR", mirror(), "APP_BASE", "services/shop"));

        deploy("monorepo", "nodejs");

        assertThat(inDyno("ls $HOME")).contains("server.sh").doesNotContain("README", "services");
    }

    @Test
    void oneThatCopiesWhatIsBesideIt() throws IOException {
        write("README", "");

        deploy("agent");

        assertThat(lines).contains("-----> Agent app detected", "-----> Setting up the agent");
        assertThat(shop.releases().current().slug().orElseThrow().processTypes())
                .containsExactly(new ProcessType("web", "exec sleep 1000"));
        assertThat(inDyno("echo $AGENT")).isEqualTo("watching");
    }

    @Test
    void oneThatTheAppBringsItself() throws IOException {
        write("bin/detect", "#!/bin/sh", "echo Ours");
        write("bin/compile", "#!/bin/sh", "echo \"-----> compiled with $#\"; echo yes > \"$1/compiled\"");
        write("bin/release", "echo 'default_process_types: {web: cat compiled}'");

        assertThatThrownBy(() -> deploy("inline"))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("bin/release ended with status 126");
        assertThat(source.resolve("bin/release").toFile().setExecutable(true)).isTrue();
        deploy("inline");

        assertThat(lines).contains("-----> Ours app detected", "-----> compiled with 3");
        assertThat(inDyno("cat compiled")).isEqualTo("yes");
    }

    @Test
    void aFailureOfOneSaysWhatItSaidAndChangesNothing() throws IOException {
        write("package.json", "{}");
        shop.config().set(Map.of("NODE_MIRROR", mirror().replace("node", "gone")));

        assertThatThrownBy(() -> deploy("nodejs"))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("ended with status 22");

        assertThat(lines).anyMatch(line -> line.matches(" ! {5}Build failed \\(request [0-9a-f-]{36}\\)"));
        assertThat(shop.releases().current().slug()).isEmpty();
        Files.delete(source.resolve("package.json"));
        write("nothing", "");
        assertThatThrownBy(() -> deploy("nodejs")).isInstanceOf(NoBuildpackException.class);
        assertThat(lines).contains(" !     No package.json in the root directory, which holds:", " !     nothing");
        assertThat(directory.resolve("home/run/builds")).isEmptyDirectory();
    }
}
