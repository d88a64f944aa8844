package io.procmodel.jdbc;

import io.procmodel.release.KillMatrix;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host with an H2 database in its own process, and SIGKILL for both at once; {@code -Dprocmodel.kills=500} at full size. */
@Timeout(7200)
class H2HostIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 2);
    private static final int MOST_ACKNOWLEDGEMENTS = 60;

    @TempDir
    Path directory;

    @Test
    void aHostThatIsKilledLeavesWhatItHadAcknowledged() throws Exception {
        new KillMatrix(KILLS, MOST_ACKNOWLEDGEMENTS, new Random(7))
                .run(kill -> AppendingHost.startOf(kill, H2Database.url(directory)), acknowledged -> {
                    try (H2Database database = new H2Database(directory)) {
                        AppendingHost.check(database.source(), acknowledged);
                    }
                });
    }
}
