package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.name.AppName;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Starts a {@link JdbcAppender} in a process, reads what it acknowledges, and checks that against the ledger. */
final class AppendingHost {
    private static final AppName SHOP = AppName.of("shop");

    private AppendingHost() {}

    static Process start(String url, int writers, String run, int releases) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        JdbcAppender.class.getName(),
                        url,
                        Integer.toString(writers),
                        run,
                        Integer.toString(releases))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a host acknowledged, by version; it is killed after {@code limit} of them. */
    static Map<Integer, String> read(Process host, int limit) throws IOException {
        Map<Integer, String> acknowledged = new HashMap<>();
        try (BufferedReader lines = host.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                if (acknowledged.size() == limit) {
                    host.toHandle().destroyForcibly(); // the process's own method closes its output too
                }
                if (line.matches("\\d+ \\w+-\\d+")) {
                    int space = line.indexOf(' ');
                    acknowledged.put(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
                }
                line = lines.readLine();
            }
        } finally {
            host.destroyForcibly();
        }
        return acknowledged;
    }

    /** What was acknowledged is there, in order, nothing twice, and nothing damaged. */
    static void check(DataSource source, Map<Integer, String> acknowledged) {
        try (ReleaseLedger ledger = JdbcReleaseLedgers.on(source).open(SHOP, LedgerOptions.standard())) {
            assertThat(ledger.verify().isIntact())
                    .as(ledger.verify().toString())
                    .isTrue();
            List<Release> all = ledger.list();
            assertThat(all).extracting(Release::description).doesNotHaveDuplicates();
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).version()).isEqualTo(all.size() - i);
            }
            acknowledged.forEach((version, description) ->
                    assertThat(all.get(all.size() - version).description()).isEqualTo(description));
        }
    }
}
