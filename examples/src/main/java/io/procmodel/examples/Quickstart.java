package io.procmodel.examples;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.dyno.Dyno;
import io.procmodel.log.LogEntry;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.release.Release;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The main job in one program: deploys a real app, scales it, talks to it, reads its log, changes its config and rolls it
 * back. Everything runs below a temporary directory and is gone at the end.
 */
public final class Quickstart {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 14;

    private final Screen screen;
    private final HttpClient http = HttpClient.newHttpClient();

    private Quickstart(Screen screen) {
        this.screen = screen;
    }

    /**
     * Runs the Quickstart.
     *
     * @param args the directory of the sample apps; {@code examples/apps} if there is none
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path apps = Path.of(args.length > 0 ? args[0] : "examples/apps");
        Path home = Files.createTempDirectory("procmodel-quickstart");
        try {
            new Quickstart(Screen.of(System.out, System.getenv())).run(SampleApp.choose(apps), home);
        } finally {
            TemporaryTree.delete(home);
        }
    }

    private void run(SampleApp sample, Path home) throws IOException, InterruptedException {
        screen.heading("procmodel quickstart");
        screen.note("app: " + sample.directory() + " (" + sample.reason() + ")");

        try (Logplex logplex = Logplex.create();
                Platform platform = Platform.builder().home(home).logs(logplex).open()) {
            App shop = platform.createApp("shop");
            shop.config().set(sample.config());

            screen.step("deploy", "app.deploy(Source.directory(...))");
            Release deployed = shop.deploy(Source.directory(sample.directory()));
            print(logplex.channel("shop").recent(LogQuery.dyno("build")));
            screen.note("released " + deployed);

            screen.step("scale", "app.formation().scale(\"web=2\", \"worker=1\")");
            shop.formation().scale("web=2", "worker=1");
            shop.dynos().awaitUp(PATIENCE);
            printDynos(shop.dynos().list());

            screen.step("talk to it", "dyno.address()");
            askEveryWebDyno(shop);

            screen.step("read its log", "logplex.channel(\"shop\").recent(LogQuery.processType(\"web\"))");
            print(logplex.channel("shop").recent(LogQuery.processType("web").last(LINES)));

            screen.step("change its config", "app.config().set(\"GREETING\", \"bonjour\")");
            shop.config().set("GREETING", "bonjour");
            shop.dynos().awaitUp(PATIENCE);
            askEveryWebDyno(shop);

            screen.step("roll back", "app.releases().rollback(" + deployed.version() + ")");
            shop.releases().rollback(deployed.version());
            shop.dynos().awaitUp(PATIENCE);
            askEveryWebDyno(shop);

            screen.step("look back", "app.releases().list()");
            printReleases(shop.releases().list());
            screen.step("close", "platform.close()");
        }
        screen.note("every process of every dyno is gone");
    }

    private void askEveryWebDyno(App app) throws IOException, InterruptedException {
        for (Dyno dyno : app.dynos().list()) {
            if (dyno.address().isPresent()) {
                screen.row(dyno.name().toString(), get(dyno.address().get()));
            }
        }
    }

    private String get(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body().strip();
    }

    private void printDynos(List<Dyno> dynos) {
        for (Dyno dyno : dynos) {
            screen.row(
                    dyno.name().toString(),
                    dyno.state() + " v" + dyno.release()
                            + dyno.address().map(address -> "  " + address).orElse(""));
        }
    }

    private void printReleases(List<Release> releases) {
        for (Release release : releases) {
            screen.row(release.name(), release.description());
        }
    }

    private void print(List<LogEntry> entries) {
        entries.forEach(entry -> screen.logLine(entry.toString()));
    }
}
