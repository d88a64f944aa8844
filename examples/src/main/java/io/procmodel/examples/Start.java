package io.procmodel.examples;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.ProcModelException;
import io.procmodel.local.ForemanOutput;
import io.procmodel.local.LocalProcesses;
import io.procmodel.local.LocalRun;
import io.procmodel.local.LocalRunResult;
import io.procmodel.procfile.Procfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Local development: runs the Procfile of a directory, as {@code foreman start} does, with web at localhost:5000. */
public final class Start {
    private static final Duration ANY_TIME = Duration.ofDays(365);

    private Start() {}

    /**
     * Runs until one process ends, or Ctrl-C; exits with the status of the first one that failed.
     *
     * @param args the directory, {@code .} if there is none, and optionally a formation such as {@code web=1,worker=2}
     */
    public static void main(String[] args) {
        Path directory = Path.of(args.length > 0 ? args[0] : ".");
        try {
            System.exit(run(directory, args.length > 1 ? args[1] : ""));
        } catch (ProcModelException e) {
            System.err.println("ERROR: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int run(Path directory, String formation) {
        List<DynoName> names = Procfile.read(directory.resolve("Procfile")).processTypes().stream()
                .map(type -> new DynoName(type.name(), 1))
                .toList();
        boolean colours = Screen.showsColours(System.getenv());
        LocalRun run = LocalRun.in(directory)
                .formation(formation)
                .output(ForemanOutput.to(System.out, colours, Clock.system(ZoneId.systemDefault()), names));
        try (LocalProcesses processes = run.start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
            LocalRunResult result = processes.await(ANY_TIME);
            return result.exitStatus();
        }
    }
}
