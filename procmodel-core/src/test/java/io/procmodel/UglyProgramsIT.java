package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.local.LocalRuntime;
import io.procmodel.slug.FileSlugStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Invariant 2: each of the {@link UglyProgram}s, ended by a restart, by scaling down, by close and by {@code kill -9} of the
 * host, leaves no process. As root and as nobody, where the tests run as root; with a sandbox of each kind and without. Two
 * of the six in each build, all with {@code -Dprocmodel.ugly=all}.
 */
@EnabledOnOs(OS.LINUX)
class UglyProgramsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AFTER_KILL = Duration.ofSeconds(60);

    private static final boolean ALL = "all".equals(System.getProperty("procmodel.ugly"));

    /** For the host only: it has mounts of its own. */
    private static final String WITHOUT_BUBBLEWRAP = """
            ! bwrap=$(command -v bwrap) || mount --bind /dev/null "$bwrap"
            exec "$@"
            """;

    @TempDir
    Path directory;

    private final TaggedProcesses processes = new TaggedProcesses();
    private boolean hidden;

    @ParameterizedTest(name = "as {0}, isolation {1}, bubblewrap hidden: {2}")
    @CsvSource({
        "nobody, SANDBOX, false",
        "nobody, NONE, false",
        "the user of the tests, SANDBOX, false",
        "the user of the tests, NONE, false",
        "nobody, SANDBOX, true",
        "the user of the tests, SANDBOX, true"
    })
    void leaveNoProcessHoweverTheyEnd(String user, Isolation isolation, boolean hidden) throws Exception {
        boolean nobody = "nobody".equals(user);
        assumeTrue(
                ALL || (nobody == (isolation == Isolation.SANDBOX) && !hidden) || !canBecomeNobody(),
                "one of the four that need -Dprocmodel.ugly=all");
        assumeTrue(!hidden || canHideBubblewrap(), "only root can hide bubblewrap, and there must be tini then");
        this.hidden = hidden;
        assumeTrue(!nobody || canBecomeNobody(), "only root can run the host as nobody, and needs setpriv for it");
        assumeTrue(isolation == Isolation.NONE || hasSandbox(), "no bubblewrap here, or no user namespaces for it");
        Process host = startHost(nobody, isolation);
        try (BufferedReader answers = host.inputReader();
                OutputStream orders = host.getOutputStream()) {
            awaitAnswer("up", answers);
            awaitAllKinds();

            Set<String> before = new TreeSet<>(processes.alive());
            order("restart", orders, answers);
            report(user, isolation, "restart", awaitNone(() -> stillThere(before), PATIENCE));

            awaitAllKinds();
            order("down", orders, answers);
            report(user, isolation, "scale down", awaitNone(processes::alive, PATIENCE));

            order("up", orders, answers);
            awaitAllKinds();
            order("close", orders, answers);
            assertThat(processes.alive()).as("after close").isEmpty();
        } finally {
            host.destroyForcibly().waitFor();
        }
        killTheHost(user, isolation, startHost(nobody, isolation));
    }

    private void killTheHost(String user, Isolation isolation, Process host) throws Exception {
        try (BufferedReader answers = host.inputReader()) {
            awaitAnswer("up", answers);
            awaitAllKinds();
        } finally {
            host.toHandle().destroyForcibly();
        }
        report(user, isolation, "kill -9 of the host", awaitNone(processes::alive, AFTER_KILL));
        assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void order(String order, OutputStream orders, BufferedReader answers) throws IOException {
        orders.write((order + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
        awaitAnswer(order, answers);
    }

    /** Among what the host logs. */
    private static void awaitAnswer(String answer, BufferedReader answers) throws IOException {
        List<String> other = new ArrayList<>();
        String line = answers.readLine();
        while (line != null && !line.equals(answer)) {
            other.add(line);
            line = answers.readLine();
        }
        assertThat(line).as("after " + other).isEqualTo(answer);
    }

    /** Every kind but the one that ends by itself has processes. */
    private void awaitAllKinds() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kinds())
                        .contains(Stream.of(UglyProgram.values())
                                .filter(program -> program != UglyProgram.HOLDER)
                                .map(UglyProgram::type)
                                .toArray(String[]::new)));
    }

    private Set<String> kinds() {
        return processes.alive().stream()
                .map(process -> TaggedProcesses.variable(process, "DYNO").replaceAll("\\.\\d+$", ""))
                .collect(Collectors.toSet());
    }

    private List<String> stillThere(Set<String> before) {
        return processes.alive().stream().filter(before::contains).toList();
    }

    private static long awaitNone(Supplier<List<String>> left, Duration patience) {
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(left.get()).isEmpty());
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static void report(String user, Isolation isolation, String end, long millis) {
        System.out.printf("ten ugly programs, %s, %s: nobody left %d ms after %s%n", user, isolation, millis, end);
    }

    private Process startHost(boolean nobody, Isolation isolation) throws IOException {
        Path work = Files.createTempDirectory(directory, "host");
        String classPath = nobody ? readableClassPath() : System.getProperty("java.class.path");
        SampleSources.procfile(work.resolve("source"), UglyProgram.procfile());
        List<String> command = new ArrayList<>();
        if (hidden) {
            command.addAll(List.of("unshare", "--mount", "sh", "-c", WITHOUT_BUBBLEWRAP, "hide"));
        }
        if (nobody) {
            openUp(directory, work, work.resolve("source"), work.resolve("source/Procfile"));
            Files.setOwner(
                    work, work.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                UglyHost.class.getName(),
                work.resolve("home").toString(),
                work.resolve("source").toString(),
                isolation.name(),
                processes.value()));
        return new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Nobody may not look into the home directory of whoever runs the tests. */
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectories(directory.resolve("classpath"));
        openUp(directory, copies);
        List<String> entries = new ArrayList<>();
        for (String entry : Splitter.on(File.pathSeparator).split(System.getProperty("java.class.path"))) {
            Path copy = copies.resolve(entries.size() + "-" + Path.of(entry).getFileName());
            if (!Files.exists(copy) && Files.exists(Path.of(entry))) {
                new ProcessBuilder("cp", "-rL", entry, copy.toString())
                        .inheritIO()
                        .start()
                        .onExit()
                        .join();
            }
            entries.add(copy.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void openUp(Path... paths) throws IOException {
        for (Path path : paths) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static boolean canBecomeNobody() throws IOException {
        return Files.isExecutable(Path.of("/usr/bin/setpriv"))
                && "0"
                        .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")
                                .toString());
    }

    private static boolean canHideBubblewrap() throws IOException {
        return canBecomeNobody() && Files.isExecutable(Path.of("/usr/bin/tini"));
    }

    private boolean hasSandbox() {
        try (LocalRuntime runtime = LocalRuntime.builder(
                        directory.resolve("probe"), FileSlugStore.at(directory.resolve("probe-slugs")))
                .open()) {
            return runtime.capabilities().contains(Capability.SANDBOX);
        }
    }
}
