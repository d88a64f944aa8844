package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogOrigin;
import io.procmodel.policy.AppPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** DYN-46 to DYN-48: a stop reaches every process of a dyno, and ends it in any case. */
@EnabledOnOs(OS.LINUX)
class ProcessTreeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IGNORES_TERM =
            "web: trap '' TERM; (trap '' TERM; while :; do sleep 0.2; done) & echo ready; while :; do sleep 0.2; done\n";

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final TaggedProcesses processes = new TaggedProcesses();

    private Platform open() {
        return open(Duration.ofSeconds(1));
    }

    private Platform open(Duration grace) {
        return Platform.builder()
                .home(directory.resolve("home"))
                .logs(log)
                .policy(AppPolicy.HEROKU.everyType(type -> type.stopGrace(grace)))
                .open();
    }

    private App deploy(Platform platform, String procfile) throws IOException {
        App shop = platform.createApp("shop");
        shop.config().set(TaggedProcesses.NAME, processes.value());
        shop.deploy(SampleSources.procfile(directory.resolve("source"), procfile));
        awaitLine("app[web.1]: ready");
        return shop;
    }

    private void awaitLine(String line) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.lines()).contains(line));
    }

    private void awaitNobody() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes.alive()).isEmpty());
    }

    @Test
    void scalingToZeroEndsAGrandchildThatIgnoresTermWithR12() throws IOException {
        try (Platform platform = open()) {
            App shop = deploy(platform, IGNORES_TERM);

            shop.formation().scale("web=0");

            awaitNobody();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log.of(LogOrigin.heroku("web.1")))
                            .containsSubsequence(
                                    "Stopping all processes with SIGTERM",
                                    "Error R12 (Exit timeout) -> At least one process failed to exit within 1 seconds of SIGTERM",
                                    "Stopping remaining processes with SIGKILL",
                                    "Process exited with status 137"));
        }
    }

    @Test
    void closeEndsAGrandchildThatIgnoresTerm() throws IOException {
        try (Platform platform = open()) {
            deploy(platform, IGNORES_TERM);
        }
        assertThat(processes.alive()).isEmpty();
    }

    /** The shell around it waits for it: what outlives a main process is killed. */
    @Test
    void everyProcessOfAPipelineGetsTheSignal() throws IOException {
        try (Platform platform = open(PATIENCE)) {
            App shop = deploy(
                    platform,
                    "web: trap : TERM; (trap 'echo left; exit' TERM; echo ready; while :; do sleep 0.1; done)"
                            + " | (trap 'echo right; exit' TERM; while read line; do echo $line; done; wait)\n");
            shop.formation().scale("web=0");
            awaitNobody();
        }
        assertThat(log.lines()).contains("app[web.1]: right");
    }

    @Test
    void aChildThatOutlivesItsMainProcessIsEndedWithIt() throws IOException {
        try (Platform platform = open()) {
            App shop = deploy(platform, "web: echo ready; sleep 1000 & exit 3\n");
            awaitLine("heroku[web.1]: Process exited with status 3");
            shop.formation().scale("web=0");
            awaitNobody();
        }
    }

    @Test
    void theLastWordsWithoutLineFeedAreKept() throws IOException {
        try (Platform platform = open()) {
            deploy(platform, "web: echo ready; printf 'last words'; exit 1\n");
            awaitLine("app[web.1]: last words");
        }
    }
}
