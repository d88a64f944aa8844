package io.procmodel.examples;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.dyno.Dyno;
import io.procmodel.log.LogEntry;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.release.Release;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The shortest whole story: the program that the API was designed by. */
public final class EmbedAnApp {
    private EmbedAnApp() {}

    /**
     * Runs it.
     *
     * @param args the home directory and the source tree, whose Procfile has web and worker
     */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]));
    }

    private static void run(Path home, Path sources) {
        try (Logplex logplex = Logplex.create();
                Platform platform = Platform.builder().home(home).logs(logplex).open()) {

            App shop = platform.createApp("shop"); // v1 "Initial release"
            shop.config().set("GREETING", "hello"); // v2 "Set GREETING config vars"
            Release v3 = shop.deploy(Source.directory(sources)); // build, slug, release; web=1, others 0
            shop.formation().scale("web=2", "worker=1");
            shop.dynos().awaitUp(Duration.ofSeconds(60)); // throws with the reason, and the last lines, if not

            for (Dyno dyno : shop.dynos().list()) {
                System.out.println(dyno.name() + " " + dyno.state()); // web.1 up, web.2 up, worker.1 up
            }
            URI web = shop.dynos().get("web.1").address().orElseThrow(); // http://127.0.0.1:PORT
            System.out.println(v3 + " at " + web);

            for (LogEntry line : logplex.channel("shop")
                    .recent(LogQuery.processType("worker").last(10))) {
                System.out.println(line); // 2026-01-02T03:04:05.678901+00:00 app[worker.1]: …
            }

            shop.config().set("GREETING", "bonjour"); // v4, and every dyno restarts on it
            shop.releases().rollback(3); // v5 "Rollback to v3"
            shop.releases().list().forEach(System.out::println);
        } // every process of every dyno is gone here
    }
}
