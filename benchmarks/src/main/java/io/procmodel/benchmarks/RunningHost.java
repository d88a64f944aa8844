package io.procmodel.benchmarks;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A contender of {@link SupervisorComparison}: an application that has been running for a while, with a platform in it, when it
 * is asked to scale to a hundred dynos. Through the public API.
 */
public final class RunningHost {
    /** Made by the host when it is running. */
    static final String READY = "ready";

    /** Made by whoever wants a hundred dynos. */
    static final String GO = "go";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WARM_UP = 100;

    private RunningHost() {}

    /**
     * Runs until SIGTERM.
     *
     * @param args the directory
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        Path work = Files.createTempDirectory("procmodel-host");
        Path source = Files.createDirectory(work.resolve("source"));
        Files.writeString(
                source.resolve("Procfile"),
                "w: touch " + directory + "/up/$DYNO; exec sleep 1000\nwarm: exec sleep 1000\n");
        Platform platform = Platform.builder()
                .home(work.resolve("home"))
                .isolation(Isolation.NONE)
                .open();
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
        App app = platform.createApp("bench");
        app.config().set(SupervisorComparison.TAG, System.getenv(SupervisorComparison.TAG));
        app.deploy(Source.directory(source));
        app.formation().scale("warm=" + WARM_UP);
        app.dynos().awaitUp(PATIENCE);
        app.formation().scale("warm=0");
        while (!app.dynos().list().isEmpty()) {
            Thread.sleep(10);
        }
        Files.createFile(directory.resolve(READY));
        while (Files.notExists(directory.resolve(GO))) {
            Thread.sleep(1);
        }
        app.formation().scale("w=" + SupervisorComparison.PROCESSES);
        new CountDownLatch(1).await();
    }
}
