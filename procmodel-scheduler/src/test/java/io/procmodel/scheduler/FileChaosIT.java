package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.scheduler.ledger.FileRunLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two JVMs of one machine on the same files; the one with the lead is killed, again and again. */
class FileChaosIT {
    @TempDir
    private Path directory;

    @Test
    void aKilledHostIsRelievedAndNothingRunsTwice() throws IOException {
        int kills = Integer.getInteger("procmodel.chaos.kills", 3);
        String lease = directory.resolve("lease").toString();
        String record = directory.resolve("record").toString();
        List<Duration> takeOvers = new ArrayList<>();
        try (ChaosHosts hosts = new ChaosHosts(ChaosHost.class, Path.of(record))) {
            hosts.start(lease, "0", record);
            hosts.awaitRuns(2);
            for (int kill = 0; kill < kills; kill++) {
                hosts.start(lease, "0", record);
                hosts.awaitRuns(hosts.lines("run").size() + 8);
                ChaosHosts.Leader leader = hosts.leader();
                Instant before = Instant.now();
                hosts.kill(leader.process());
                takeOvers.add(hosts.awaitTakeOver(leader, before));
            }
            hosts.awaitRuns(hosts.lines("run").size() + 4);
            hosts.killAll();
            LoggerFactory.getLogger(FileChaosIT.class).info("take-over after kill -9: {}", takeOvers);

            try (FileRunLedger ledger =
                    FileRunLedger.at(directory.resolve("runs"), ChaosHost.HISTORY, InstantSource.system())) {
                ChaosHosts.Judgement judgement = hosts.judge(ledger);
                assertThat(judgement.duplicates()).isEmpty();
                assertThat(judgement.lost()).isEmpty();
                assertThat(judgement.missed())
                        .as("the policy lets none go that are less than 25 s late")
                        .satisfiesAnyOf(
                                missed -> assertThat(missed).isZero(),
                                missed -> assertThat(takeOvers).anyMatch(time -> time.toSeconds() >= 20));
                assertThat(judgement.instants()).isGreaterThan(8 * kills);
            }
        }
        assertThat(takeOvers).as("generous, for busy machines").allMatch(time -> time.toSeconds() < 60);
    }
}
