package io.procmodel.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.formation.Formation;
import io.procmodel.formation.UnnamedTypes;
import io.procmodel.procfile.Procfile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs that an export is for, run on it: every command must print its text, with the values of the environment
 * file, and every process must end when the program does.
 */
@DisabledOnOs(OS.WINDOWS)
class ExportRunIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> TEXTS = NastyText.texts().toList();

    @TempDir
    Path directory;

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: only root may start a user's services");
    }

    @Test
    void supervisordRunsEveryCommandAsItIs() throws IOException, InterruptedException {
        assumeTrue(isInstalled("supervisord"), "SKIPPED: supervisord is missing");
        write(export(), ExportFormat.SUPERVISORD);
        Path configuration = Files.writeString(directory.resolve("supervisord.conf"), """
                [supervisord]
                nodaemon=true
                user=root
                logfile=%1$s/supervisord.log
                pidfile=%1$s/supervisord.pid
                childlogdir=%1$s
                [include]
                files=%1$s/shop.conf
                """.formatted(directory));

        Process supervisord = start("supervisord", "-c", configuration.toString());
        try {
            for (int i = 0; i < TEXTS.size(); i++) {
                awaitText(directory.resolve("logs/t" + i + "-1.log"), said(i));
            }
        } finally {
            stop(supervisord);
        }
    }

    @Test
    void runsvRunsTheCommandAndItsLog() throws IOException, InterruptedException {
        assumeTrue(isInstalled("runsv") && isInstalled("svlogd"), "SKIPPED: runit is missing");
        write(export(), ExportFormat.RUNIT);
        int last = TEXTS.size() - 1;

        Process runsv = start("runsv", directory.resolve("shop-t" + last + "-1").toString());
        try {
            awaitText(directory.resolve("logs/t" + last + "-1/current"), said(last));
        } finally {
            stop(runsv);
        }
    }

    private Export export() {
        StringBuilder procfile = new StringBuilder();
        for (int i = 0; i < TEXTS.size(); i++) {
            procfile.append("t%d: printf %%s %s; ".formatted(i, ShellText.quoted(TEXTS.get(i))))
                    .append("printf '|%s|%s|%s\\n' \"$LINES\" \"$PORT\" \"$DYNO\"; exec sleep 600\n");
        }
        Procfile parsed = Procfile.parse(procfile.toString());
        return Export.of("shop", parsed, Formation.of(parsed.processTypes(), "all=1", UnnamedTypes.ZERO))
                .user("root")
                .directory(directory)
                .environment(NastyText.variables());
    }

    private static String said(int type) {
        return TEXTS.get(type) + "|" + NastyText.variables().get("LINES") + "|" + (5000 + 100 * type) + "|t" + type
                + ".1\n";
    }

    /** Writes the files with the target's places moved below the test's directory. */
    private void write(Export export, ExportFormat format) throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        for (ExportedFile file : export.files(format)) {
            Path path = directory.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(
                    path,
                    file.content()
                            .replace(
                                    "/etc/shop/shop.env",
                                    directory.resolve("shop.env").toString())
                            .replace("/var/log/shop", directory.resolve("logs").toString()));
            boolean program = path.endsWith("run");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
        }
    }

    /** Time stamps that the reader puts before each line are cut. */
    private void awaitText(Path log, String expected) {
        await().atMost(LIMIT).untilAsserted(() -> {
            String said = Files.exists(log) ? new String(Files.readAllBytes(log), UTF_8) : "nothing yet";
            assertThat(said.replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\d_\\d\\d:\\d\\d:\\d\\d\\.\\d+ ", ""))
                    .isEqualTo(expected);
        });
    }

    private Process start(String... command) throws IOException {
        File output = directory.resolve("output.txt").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private void stop(Process process) throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(LIMIT).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(entry -> !entry.isEmpty() && Files.isExecutable(Path.of(entry, program)));
    }
}
