package io.procmodel.benchmarks;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.runtime.local.LocalRuntime;
import io.procmodel.slug.FileSlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The Java contenders of {@link SupervisorComparison} and {@link KilledHosts}: a hundred processes, or {@code -Dprocesses}, until SIGTERM. */
public final class HundredProcesses {
    private static final int SPAWNERS = 4;

    private HundredProcesses() {}

    /**
     * Runs until SIGTERM.
     *
     * @param args which contender, and the directory
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[1]);
        if ("loop".equals(args[0])) {
            loop(directory);
        } else {
            runtime(directory, "runtime".equals(args[0]) ? Isolation.NONE : Isolation.SANDBOX);
        }
        new CountDownLatch(1).await();
    }

    private static String command(Path directory) {
        return "touch " + directory + "/up/$PS; exec sleep 1000";
    }

    private static void loop(Path directory) throws IOException {
        List<Process> processes = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(Process::destroy)));
        for (int i = 0; i < SupervisorComparison.PROCESSES; i++) {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", command(directory))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("PS", "w." + i);
            processes.add(builder.start());
        }
    }

    /** As supervision stops dynos: every one is asked, and the runtime closes when all have ended. */
    private static void runtime(Path directory, Isolation isolation) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("procmodel-hundred");
        LocalRuntime runtime = LocalRuntime.builder(work.resolve("run"), FileSlugStore.at(work.resolve("slugs")))
                .isolation(isolation)
                .open();
        CountDownLatch ended = new CountDownLatch(SupervisorComparison.PROCESSES);
        Queue<RunningDyno> dynos = new ConcurrentLinkedQueue<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runtime, dynos, ended)));
        ExecutorService spawners = Executors.newFixedThreadPool(SPAWNERS);
        String tag = System.getenv(SupervisorComparison.TAG);
        for (int i = 1; i <= SupervisorComparison.PROCESSES; i++) {
            DynoName name = DynoName.parse("w." + i);
            spawners.execute(() -> runtime.start(
                    DynoSpec.of(AppName.of("bench"), name, new DynoFiles.InPlace(directory), command(directory))
                            .environment(Map.of(SupervisorComparison.TAG, tag == null ? "" : tag)),
                    observer(dynos, ended)));
        }
        spawners.shutdown();
    }

    private static void stop(LocalRuntime runtime, Queue<RunningDyno> dynos, CountDownLatch ended) {
        dynos.forEach(dyno -> dyno.terminate(StopSignal.TERM));
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtime.close();
    }

    private static DynoObserver observer(Queue<RunningDyno> dynos, CountDownLatch ended) {
        return new DynoObserver() {
            @Override
            public void started(RunningDyno dyno) {
                dynos.add(dyno);
            }

            @Override
            public void listening() {
                // It has no port.
            }

            @Override
            public void exited(Exit exit) {
                ended.countDown();
            }
        };
    }
}
