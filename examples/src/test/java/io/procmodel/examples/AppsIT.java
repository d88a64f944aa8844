package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.logplex.Logplex;
import io.procmodel.slug.SlugFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Apps in the shape in which people write them: detected, built, run, and asked over HTTP. They are all of one platform and
 * build side by side, and beside no other class. What builds keep is shared with what this machine has of the same tool anyway.
 */
@DisabledOnOs(OS.WINDOWS)
class AppsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path APPS = Path.of("apps").toAbsolutePath();
    private static final Path USER = Path.of(System.getProperty("user.home"));

    @TempDir
    static Path directory;

    private static final Queue<Path> shared = new ConcurrentLinkedQueue<>();
    private static Logplex logplex;
    private static Platform platform;

    private final List<String> lines = new ArrayList<>();

    /** What to do with an app that is up. */
    private interface Visit {
        void to(URI web) throws IOException, InterruptedException;
    }

    @BeforeAll
    static void open() {
        logplex = Logplex.create();
        platform = Platform.builder()
                .home(directory.resolve("home"))
                .tools(tools("yarn"), tools("pnpm"))
                .logs(logplex)
                .open();
    }

    @AfterAll
    static void close() throws IOException {
        platform.close();
        logplex.close();
        for (Path link : shared) {
            Files.delete(link);
        }
    }

    /** Where npm puts the programs of a package. */
    private static Path tools(String name) {
        return directory.resolve("tools").resolve(name).resolve("node_modules/.bin");
    }

    private App deploy(String name, Path source, Visit visit) throws IOException, InterruptedException {
        App app = platform.createApp("sample-" + name);
        app.config().set(Map.of("GREETING", "bonjour", "JAVA_HOME", System.getProperty("java.home")));
        app.deploy(Source.directory(source), lines::add);
        app.dynos().awaitUp(PATIENCE);
        visit.to(app.dynos().get("web.1").address().orElseThrow());
        return app;
    }

    private App deploy(String name, Visit visit) throws IOException, InterruptedException {
        return deploy(name, APPS.resolve(name), visit);
    }

    /** Has an app's builds keep something where this machine keeps it. */
    private static void share(String name, String kept, Path machines) throws IOException {
        Path cache = directory.resolve("home/cache/sample-" + name).resolve(kept);
        Files.createDirectories(cache.getParent());
        Files.createDirectories(machines);
        shared.add(Files.createSymbolicLink(cache, machines));
    }

    private static HttpResponse<String> get(URI web, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(web.resolve(path)).timeout(PATIENCE).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest(name = "{0}")
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "javalin,  mvn,      Java,    bonjour from Javalin in web.1",
        "go,       go,       Go,      bonjour from Go in web.1",
        "clojure,  lein,     Clojure, bonjour from Clojure in web.1",
        "ruby,     bundle,   Ruby,    bonjour from Ruby in web.1",
        "python,   python3,  Python,  bonjour from Python in web.1",
        "php,      php,      PHP,     bonjour from PHP in web.1",
        "composer, composer, PHP,     bonjour from Composer in web.1"
    })
    void isDetectedBuiltRunAndAnswers(String name, String tool, String kind, String answer)
            throws IOException, InterruptedException {
        assumeTrue(Programs.find(tool) != null, "SKIPPED: " + tool + " is missing");
        assumeTrue(!name.equals("ruby") || hasWebrick(), "SKIPPED: the gem webrick is missing");
        switch (name) {
            case "javalin" -> share(name, "maven", USER.resolve(".m2/repository"));
            case "go" -> share(name, "go-build", Path.of(output("go", "env", "GOCACHE")));
            default -> {}
        }

        deploy(name, web -> {
            HttpResponse<String> response = get(web, "/");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(answer + "\n");
        });

        assertThat(lines).startsWith("-----> " + kind + " app detected");
    }

    /** There is no registry of gems at hand, so the app's one gem has to come with the machine. */
    private static boolean hasWebrick() throws IOException, InterruptedException {
        return output("ruby", "-e", "require 'webrick'; print 'there'").equals("there");
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theBuildScriptOfExpressRunsAndWhatOnlyItNeededIsGone() throws IOException, InterruptedException {
        assumeTrue(Programs.find("npm") != null, "SKIPPED: npm is missing");

        share("express", "npm", USER.resolve(".npm"));

        deploy("express", web -> {
            assertThat(get(web, "/").body()).isEqualTo("bonjour from Express in web.1\n");
            assertThat(get(web, "/about").body()).isEqualTo("{\"app\":\"guestbook\",\"cacheFor\":60000}");
        });

        assertThat(lines)
                .containsSubsequence(
                        "-----> Installing dependencies with npm ci",
                        "-----> Running build",
                        "-----> Pruning devDependencies",
                        "       Procfile declares types   -> (none)",
                        "       Default types for Node.js -> web");
    }

    /** The lock files of yarn and pnpm choose them; both are the real ones, from npm. */
    @ParameterizedTest(name = "{0}")
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"koa, yarn, 1.22.22, Koa", "fastify, pnpm, 9.15.9, Fastify"})
    void anotherPackageManagerInstallsBuildsAndPrunes(String name, String tool, String version, String framework)
            throws IOException, InterruptedException {
        assumeTrue(Programs.find("npm") != null, "SKIPPED: npm is missing");
        Path prefix = tools(tool).getParent().getParent();
        output("npm", "install", "--no-audit", "--no-fund", "--prefix", prefix.toString(), tool + "@" + version);
        assertThat(tools(tool).resolve(tool)).as("installed by npm").exists();

        App app = deploy(name, web -> {
            assertThat(get(web, "/").body()).isEqualTo("bonjour from " + framework + " in web.1\n");
            assertThat(get(web, "/about").body()).startsWith("<h1>About ");
        });

        assertThat(lines)
                .containsSubsequence(
                        "-----> Installing dependencies with " + tool + " install",
                        "-----> Running build",
                        "-----> Pruning devDependencies");
        assertThat(files(app))
                .as("what only the build needed is gone")
                .anyMatch(path -> path.contains("node_modules/" + name))
                .noneMatch(path -> path.contains("mustache"));
    }

    private static List<String> files(App app) {
        return app.releases().current().slug().orElseThrow().files().stream()
                .map(SlugFile::path)
                .toList();
    }

    /** The first line of a console script names the interpreter of the build's directory, which a dyno does not have. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theConsoleScriptOfAWheelRunsWhereverTheDynoHasIt() throws IOException, InterruptedException {
        assumeTrue(Programs.find("python3") != null, "SKIPPED: python3 is missing");
        Path source = Files.createDirectories(directory.resolve("pip"));
        for (String file : List.of("Procfile", "requirements.txt")) {
            Files.copy(APPS.resolve("pip").resolve(file), source.resolve(file));
        }
        PythonWheel.write(source.resolve("wheels"));

        App app = deploy(
                "pip",
                source,
                web -> assertThat(get(web, "/").body()).isEqualTo("bonjour from a console script in web.1\n"));

        assertThat(lines).contains("-----> Installing dependencies with pip");
        assertThat(files(app)).contains(".heroku/python/bin/greeter");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStaticSiteIsServedWithTypesAndItsOwnErrorPage() throws IOException, InterruptedException {
        deploy("static", web -> {
            HttpResponse<String> page = get(web, "/");
            assertThat(page.body()).isEqualTo(Files.readString(APPS.resolve("static/index.html")));
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(get(web, "/assets/style.css").headers().firstValue("Content-Type"))
                    .contains("text/css; charset=utf-8");
            assertThat(get(web, "/assets").headers().firstValue("Location")).contains("/assets/");
            assertThat(get(web, "/nowhere").statusCode()).isEqualTo(404);
            assertThat(get(web, "/nowhere").body()).contains("There is no such page.");
            for (String outside : List.of("/%2e%2e/%2e%2e/etc/passwd", "/.procmodel/", "/assets/%2e%2e/.procmodel/")) {
                assertThat(get(web, outside).statusCode()).as(outside).isEqualTo(404);
            }
        });
    }
}
