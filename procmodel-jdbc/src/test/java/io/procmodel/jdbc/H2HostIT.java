package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host with an H2 database in its own process, and SIGKILL for both at once. */
@Timeout(7200)
class H2HostIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 2);

    @TempDir
    Path directory;

    @Test
    void aHostThatIsKilledLeavesWhatItHadAcknowledged() throws Exception {
        Random random = new Random(7);
        Map<Integer, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process host = AppendingHost.start(
                    H2Database.url(directory), kill % 2 == 0 ? 1 : 8, "run" + kill, Integer.MAX_VALUE);
            acknowledged.putAll(AppendingHost.read(host, 1 + random.nextInt(60)));
            assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
            try (H2Database database = new H2Database(directory)) {
                AppendingHost.check(database.source(), acknowledged);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }
}
