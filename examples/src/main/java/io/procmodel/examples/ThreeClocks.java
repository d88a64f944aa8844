package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.lease.FileLease;
import io.procmodel.scheduler.ClockScheduler;
import io.procmodel.scheduler.Schedule;
import io.procmodel.scheduler.SchedulerEvent;
import io.procmodel.scheduler.SchedulerEvent.LeaderGained;
import io.procmodel.scheduler.SchedulerEvent.RunEnded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Three hosts with the same three jobs, side by side. One has the lead; when it is killed another goes on where it was. The
 * console shows who leads, and what ran where.
 */
public final class ThreeClocks {
    private static final int RUNS_PER_LEADER = 5;
    private static final long PATIENCE_SECONDS = 60;

    private ThreeClocks() {}

    /**
     * Runs it.
     *
     * @param args a directory for the lease and the ledger; and the name of a host, if this is to be one of the three
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 1) {
            killOneByOne(Path.of(args[0]));
        } else {
            beHost(Path.of(args[0]), args[1]);
        }
    }

    /** What an application does: the same on every host. */
    private static void beHost(Path directory, String host) throws IOException {
        try (ClockScheduler clock = ClockScheduler.builder()
                .lease(FileLease.at(directory.resolve("clock.lease")))
                .listener(event -> tell(host, event))
                .start()) {
            clock.schedule("poll", Schedule.every(Duration.ofMillis(500)), () -> {});
            clock.schedule("report", Schedule.every(Duration.ofSeconds(2)), () -> {});
            clock.job("tidy").schedule("every 1 second").call(() -> {});
            while (System.in.read() >= 0) {
                // Until whoever started this host goes away.
            }
        }
    }

    private static void tell(String host, SchedulerEvent event) {
        if (event instanceof LeaderGained gained) {
            System.out.println(host + " leads with token " + gained.token());
        } else if (event instanceof RunEnded ended) {
            System.out.println(host + " " + ended.run().key() + " "
                    + ended.run().end().orElseThrow().outcome());
        }
    }

    private static void killOneByOne(Path directory) throws IOException, InterruptedException {
        BlockingQueue<String> console = new LinkedBlockingQueue<>();
        Map<String, Process> hosts = new LinkedHashMap<>();
        for (String host : List.of("ada", "bob", "cyd")) {
            hosts.put(host, start(directory, host, console));
        }
        int runs = 0;
        while (!hosts.isEmpty()) {
            String line = console.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("no host said anything for " + PATIENCE_SECONDS + " s");
            }
            System.out.println(line);
            String host = line.substring(0, line.indexOf(' '));
            runs += line.endsWith(" SUCCEEDED") ? 1 : 0;
            Process process = hosts.get(host);
            if (runs >= RUNS_PER_LEADER && process != null) {
                process.destroyForcibly().waitFor();
                hosts.remove(host);
                runs = 0;
                System.out.println(host + " was killed");
            }
        }
    }

    private static Process start(Path directory, String host, BlockingQueue<String> console) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreeClocks.class.getName(),
                        directory.toString(),
                        host)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread reader = new Thread(() -> read(process, console), "console-" + host);
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private static void read(Process process, BlockingQueue<String> console) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                console.add(line);
            }
        } catch (IOException e) {
            // The host was killed.
        }
    }
}
