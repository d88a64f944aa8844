package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.release.AppendingProcess;
import io.procmodel.release.KillMatrix;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts in processes of their own, one PostgreSQL, and SIGKILL for either. */
@ExtendWith(PostgresServer.Shared.class)
@Timeout(3600)
class PostgresHostsIT {
    private static final int RELEASES = Integer.getInteger("procmodel.releases", 300);
    private static final int KILLS = Integer.getInteger("procmodel.kills", 2);
    private static final int MOST_ACKNOWLEDGEMENTS = 60;
    private static final AppName SHOP = AppName.of("shop");

    private final PostgresServer server;
    private final HikariDataSource source;

    PostgresHostsIT(PostgresServer server) throws Exception {
        this.server = server;
        this.source = server.newSchema();
        JdbcReleaseLedgers.on(source);
    }

    @AfterEach
    void closePool() {
        source.close();
    }

    /** Two JVMs on one app: gapless, ordered, each release written once. */
    @Test
    void twoHostsLineUpTheirReleases() throws Exception {
        Map<Integer, String> acknowledged = new HashMap<>();
        try (AppendingProcess first = AppendingHost.start(server.url(source), 2, "first", RELEASES / 2);
                AppendingProcess second = AppendingHost.start(server.url(source), 2, "second", RELEASES / 2)) {
            CompletableFuture<Map<Integer, String>> other = CompletableFuture.supplyAsync(() -> runToTheEnd(second));
            acknowledged.putAll(runToTheEnd(first));
            acknowledged.putAll(other.join());
        }

        assertThat(acknowledged).hasSize(RELEASES / 2 * 2);
        AppendingHost.check(source, acknowledged);
        try (ReleaseLedger ledger = JdbcReleaseLedgers.on(source).open(SHOP, LedgerOptions.standard())) {
            assertThat(ledger.newest(1).get(0).version()).isEqualTo(RELEASES / 2 * 2);
            assertThat(ledger.verify().records()).isEqualTo(RELEASES / 2 * 4L);
        }
    }

    private static Map<Integer, String> runToTheEnd(AppendingProcess host) {
        try {
            return host.go().readUntilKilledAfter(Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHostThatIsKilledLeavesWhatItHadAcknowledged() throws Exception {
        new KillMatrix(KILLS, MOST_ACKNOWLEDGEMENTS, new Random(5))
                .run(
                        kill -> AppendingHost.startOf(kill, server.url(source)),
                        acknowledged -> AppendingHost.check(source, acknowledged));
    }

    /** The server itself dies, with all its processes or its first one alone, at random moments of single and parallel writes. */
    @Test
    void aServerThatIsKilledKeepsWhatItHadAcknowledged() throws Exception {
        Random random = new Random(6);
        Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
        Set<String> refused = ConcurrentHashMap.newKeySet();
        try (PostgresServer own = PostgresServer.start()) {
            PostgresServer present = own;
            String schema = present.newSchemaName();
            for (int kill = 0; kill < KILLS; kill++) {
                try (HikariDataSource pool = present.pool(schema)) {
                    writeUntilKilled(present, pool, kill, random, acknowledged, refused);
                }
                present = present.restarted();
                try (HikariDataSource pool = present.pool(schema)) {
                    AppendingHost.check(pool, acknowledged);
                    checkAbsent(pool, refused);
                }
                System.out.println("kill " + (kill + 1) + ": " + acknowledged.size() + " releases are there");
            }
            present.close();
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }

    private static void writeUntilKilled(
            PostgresServer server,
            HikariDataSource pool,
            int kill,
            Random random,
            Map<Integer, String> acknowledged,
            Set<String> refused)
            throws Exception {
        List<Thread> writers = new ArrayList<>();
        int before = acknowledged.size();
        try (ReleaseLedger ledger = JdbcReleaseLedgers.on(pool).open(SHOP, LedgerOptions.standard())) {
            for (int writer = 0; writer < (kill % 2 == 0 ? 1 : 8); writer++) {
                String prefix = "kill" + kill + "writer" + writer + "-";
                Thread thread = new Thread(() -> append(ledger, prefix, acknowledged, refused));
                thread.start();
                writers.add(thread);
            }
            int enough = before + 5 + random.nextInt(40);
            while (acknowledged.size() < enough && writers.stream().anyMatch(Thread::isAlive)) {
                LockSupport.parkNanos(100_000);
            }
            server.kill(random.nextBoolean());
            for (Thread writer : writers) {
                writer.join(60_000);
                assertThat(writer.isAlive()).isFalse();
            }
        }
    }

    private static void append(
            ReleaseLedger ledger, String prefix, Map<Integer, String> acknowledged, Set<String> refused) {
        for (int i = 0; ; i++) {
            String description = prefix + i;
            try {
                Release release = ledger.append(ReleaseDraft.of("ada", description));
                acknowledged.put(release.version(), description);
            } catch (StorageException e) {
                if (!String.valueOf(e.getMessage()).contains("tell whether")) {
                    refused.add(description);
                }
                return;
            }
        }
    }

    /** An append that failed for certain left nothing. */
    private static void checkAbsent(HikariDataSource pool, Set<String> refused) {
        try (ReleaseLedger ledger = JdbcReleaseLedgers.on(pool).open(SHOP, LedgerOptions.standard())) {
            assertThat(ledger.list()).extracting(Release::description).noneMatch(refused::contains);
        }
    }
}
