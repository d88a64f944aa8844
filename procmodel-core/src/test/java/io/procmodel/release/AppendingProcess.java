package io.procmodel.release;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that appends releases from the moment it is told to until it is killed. It is started before that moment,
 * because a JVM takes its time, and it ends by itself if nobody tells it.
 */
public final class AppendingProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC");

    private final Process process;

    private AppendingProcess(Process process) {
        this.process = process;
    }

    /** Starts a program whose {@code main} calls {@link #awaitGo} first. */
    public static AppendingProcess start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(JAVA);
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new AppendingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** In the process: waits until it is told to begin; ends it when whoever should do that is gone. */
    public static void awaitGo() throws IOException {
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** In the process: says that the append of a release has returned. */
    public static void acknowledge(Release release) {
        System.out.println(release.version() + " " + release.description());
    }

    /** Tells it to begin. */
    public AppendingProcess go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return this;
    }

    /**
     * What it acknowledges, by version, until it ends; it is killed after {@code limit} of them. What it had acknowledged
     * when the kill reached it is read too.
     */
    public Map<Integer, String> readUntilKilledAfter(int limit) throws IOException {
        Map<Integer, String> acknowledged = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (acknowledged.size() == limit) {
                    process.toHandle().destroyForcibly(); // the process's own method closes its output too
                }
                // the kill may cut the last line; a complete one has all three parts of "version run-number"
                if (line.matches("\\d+ \\w+-\\d+")) {
                    int space = line.indexOf(' ');
                    acknowledged.put(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
                }
            }
        } finally {
            close();
        }
        return acknowledged;
    }

    /** Waits for its first acknowledgement. */
    String firstLine() throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    long pid() {
        return process.pid();
    }

    /** Kills it, and returns when it is gone. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
}
