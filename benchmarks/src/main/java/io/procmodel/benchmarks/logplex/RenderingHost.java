package io.procmodel.benchmarks.logplex;

import io.procmodel.local.LocalProcesses;
import io.procmodel.local.LocalRun;
import io.procmodel.logplex.DrainOptions;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.format.LogFormat;
import io.procmodel.name.AppName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/** A program that runs a Procfile and renders its lines into a file in foreman's style, until it is ended. */
public final class RenderingHost {
    private RenderingHost() {}

    /**
     * Runs.
     *
     * @param args the directory of the Procfile, its formation, the file, and how many lines there will be at most
     */
    public static void main(String[] args) {
        Logplex logplex = Logplex.builder()
                .history(Integer.parseInt(args[3]) + 1000)
                .historyBytes(1 << 30)
                .build();
        AppName app = AppName.of("rendered");
        logplex.channel(app)
                .drains()
                .add("file:" + args[2], DrainOptions.none().format(LogFormat.foreman(ZoneId.systemDefault())));
        try (LocalProcesses processes = LocalRun.in(Path.of(args[0]))
                .formation(args[1])
                .output((any, origin) -> logplex.open(app, origin))
                .start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
            processes.await(Duration.ofMinutes(2));
        }
    }
}
