package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.slug.FileSlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes are known by their cookies and their start times, whoever has started them. */
@EnabledOnOs(OS.LINUX)
class StraysIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** For a moment the kernel tells nothing of a process that becomes another program; this one does nothing else. */
    @Test
    void aProcessIsFoundWhileItBecomesAnotherProgram() throws Exception {
        Path script = Files.writeString(directory.resolve("restless"), "exec sh \"$0\"\n");
        Cookie cookie = Cookie.bake();
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
        builder.environment().put(Cookie.NAME, cookie.of(7));
        Process process = builder.start();
        try {
            Census census = new Census(cookie);
            Awaitility.await().atMost(PATIENCE).until(() -> !census.members(7).isEmpty());
            for (int look = 0; look < 25; look++) {
                assertThat(census.members(7))
                        .as("look %d", look)
                        .extracting(member -> member.handle().pid())
                        .containsExactly(process.pid());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What was started in the very moment of the kill, and missed by the look that followed it. */
    @Test
    void aLookFindsProcessesWhoseDynoHasEnded() throws Exception {
        Cookie cookie = Cookie.bake();
        Process process = sleeper(Map.of(Cookie.NAME, cookie.of(7)));
        try {
            Sampler sampler = new Sampler(cookie);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(sampler.look(Set.of(), id -> id != 7)).containsExactly(7L));
            assertThat(sampler.look(Set.of(), id -> true)).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** As after a crash that took the launcher and the reaper too: the processes run on, and their host is gone. */
    @Test
    void theNextOpenEndsWhatAnEarlierRuntimeLeftAndNobodyElse() throws Exception {
        Path left = directory.resolve("left");
        RunDirectory layout = new RunDirectory(left);
        Cookie cookie = Cookie.bake();
        layout.prepare(cookie);
        Process marked = sleeper(Map.of(Cookie.NAME, cookie.of(1)));
        Process written = sleeper(Map.of());
        Process recycled = sleeper(Map.of());
        Process foreign = sleeper(Map.of(Cookie.NAME, Cookie.bake().of(1)));
        try {
            PidFile.write(layout.pids().resolve("1"), written.pid(), ProcFiles.bootId());
            PidFile.write(layout.pids().resolve("2"), recycled.pid(), ProcFiles.bootId());
            Path file = layout.pids().resolve("2");
            PidFile honest = PidFile.read(file).orElseThrow();
            Files.writeString(file, honest.pid() + " " + honest.boot() + " " + (honest.start() - 1) + "\n");

            LocalRuntime.builder(left, FileSlugStore.at(directory.resolve("slugs")))
                    .open()
                    .close();

            assertThat(marked.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(written.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(recycled.isAlive()).isTrue();
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            for (Process process : new Process[] {marked, written, recycled, foreign}) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static Process sleeper(Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("setsid", "sleep", "1000");
        builder.environment().putAll(variables);
        return builder.start();
    }
}
