package io.procmodel.jdbc;

import io.procmodel.name.AppName;
import io.procmodel.release.AppendingProcess;
import io.procmodel.release.KillMatrix;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.ReleaseLedger;
import java.io.IOException;
import java.util.Map;
import javax.sql.DataSource;

/** A {@link JdbcAppender} in a process, and the ledger that it appends to. */
final class AppendingHost {
    private static final AppName SHOP = AppName.of("shop");

    private AppendingHost() {}

    static AppendingProcess start(String url, int writers, String run, int releases) throws IOException {
        return AppendingProcess.start(
                JdbcAppender.class, url, Integer.toString(writers), run, Integer.toString(releases));
    }

    /** The host of a kill, which appends until then with one writer or eight. */
    static AppendingProcess startOf(int kill, String url) throws IOException {
        return start(url, kill % 2 == 0 ? 1 : 8, "run" + kill, Integer.MAX_VALUE);
    }

    static void check(DataSource source, Map<Integer, String> acknowledged) {
        try (ReleaseLedger ledger = JdbcReleaseLedgers.on(source).open(SHOP, LedgerOptions.standard())) {
            KillMatrix.checkLedger(ledger, acknowledged);
        }
    }
}
