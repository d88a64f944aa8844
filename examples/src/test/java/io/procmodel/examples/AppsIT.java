package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.logplex.Logplex;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apps in the shape in which people write them: detected, built, run, and asked over HTTP. */
@DisabledOnOs(OS.WINDOWS)
class AppsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path APPS = Path.of("apps").toAbsolutePath();

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();

    /** What to do with an app that is up. */
    private interface Visit {
        void to(URI web) throws IOException, InterruptedException;
    }

    private void deploy(String name, Visit visit) throws IOException, InterruptedException {
        try (Logplex logplex = Logplex.create();
                Platform platform = Platform.builder()
                        .home(directory.resolve("home"))
                        .logs(logplex)
                        .open()) {
            App app = platform.createApp("sample-" + name);
            app.config().set(Map.of("GREETING", "bonjour", "JAVA_HOME", System.getProperty("java.home")));
            app.deploy(Source.directory(APPS.resolve(name)), lines::add);
            app.dynos().awaitUp(PATIENCE);
            visit.to(app.dynos().get("web.1").address().orElseThrow());
        }
    }

    private static HttpResponse<String> get(URI web, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(web.resolve(path)).timeout(PATIENCE).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "javalin, mvn,    Java,    bonjour from Javalin in web.1",
        "ruby,    bundle, Ruby,    bonjour from Ruby in web.1",
        "python,  python3, Python, bonjour from Python in web.1",
        "go,      go,     Go,      bonjour from Go in web.1",
        "php,     php,    PHP,     bonjour from PHP in web.1"
    })
    void isDetectedBuiltRunAndAnswers(String name, String tool, String kind, String answer)
            throws IOException, InterruptedException {
        assumeTrue(Programs.find(tool) != null, "SKIPPED: " + tool + " is missing");
        assumeTrue(!name.equals("ruby") || hasWebrick(), "SKIPPED: the gem webrick is missing");

        deploy(name, web -> {
            HttpResponse<String> response = get(web, "/");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(answer + "\n");
        });

        assertThat(lines).startsWith("-----> " + kind + " app detected");
    }

    /** There is no registry of gems at hand, so the app's one gem has to come with the machine. */
    private static boolean hasWebrick() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder("ruby", "-e", "require 'webrick'")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0;
    }

    @Test
    void theBuildScriptOfExpressRunsAndWhatOnlyItNeededIsGone() throws IOException, InterruptedException {
        assumeTrue(Programs.find("npm") != null, "SKIPPED: npm is missing");

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

    @Test
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
