package io.procmodel.logplex;

import io.procmodel.local.LocalProcesses;
import io.procmodel.local.LocalRun;
import java.nio.file.Path;
import java.time.Duration;

/** A host whose dynos write until it is killed: journal and directory of the Procfile are its arguments. */
public final class JournalHost {
    private JournalHost() {}

    /** Says {@code up} when its dynos run. */
    public static void main(String[] args) {
        Logplex logplex = Logplex.builder()
                .history(100)
                .journal(Path.of(args[0]), Persistence.process())
                .build();
        try (LocalProcesses processes = LocalRun.in(Path.of(args[1]))
                .formation("worker=2")
                .output(logplex)
                .start()) {
            System.out.println("up");
            processes.await(Duration.ofMinutes(2));
        }
    }
}
