package io.procmodel.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostNameTest {
    @Test
    void aSchedulerOfThisProcessIsAliveAndOneOfAnEarlierProcessOfItsIdIsNot() {
        String own = HostName.of(7);
        String[] parts = own.split("/", -1);

        assertThat(HostName.isAlive(own)).isTrue();
        assertThat(HostName.isAlive(parts[0] + "/" + parts[1] + "/" + parts[2] + "0/7"))
                .isFalse();
        assertThat(HostName.isAlive("a name of the host's own")).isTrue();
    }

    /** A host whose clock was set must not be taken for dead by one that was started after that. */
    @Test
    void theStartOfAProcessIsNotTakenFromTheWallClock() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        assumeTrue(Files.exists(stat), "Linux");
        String ticks = Files.readString(stat).replaceFirst(".*\\) ", "").split(" ", -1)[19];

        assertThat(HostName.of(7).split("/", -1)[2]).endsWith("-" + ticks);
    }
}
