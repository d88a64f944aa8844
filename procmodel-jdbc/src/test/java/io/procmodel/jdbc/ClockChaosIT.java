package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.scheduler.ChaosHost;
import io.procmodel.scheduler.ChaosHosts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three JVMs whose clocks are two seconds apart, on one database. The leader is stopped for longer than its lease, the
 * leader is killed, the database is away, again and again. Nothing runs twice, and nothing is left out but what the policy
 * lets go and what a killed host had in its hands. {@code -Dprocmodel.chaos.ticks=1000 -Dprocmodel.chaos.away=10
 * -Dprocmodel.chaos.every=40 -Dprocmodel.chaos.ttl=3000} is the full size.
 */
@ExtendWith(PostgresServer.Shared.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ClockChaosIT {
    private static final Logger LOG = LoggerFactory.getLogger(ClockChaosIT.class);
    private static final int TICKS = Integer.getInteger("procmodel.chaos.ticks", 12);
    private static final int AWAY_SECONDS = Integer.getInteger("procmodel.chaos.away", 1);
    private static final int EVERY = Integer.getInteger("procmodel.chaos.every", 4);
    private static final String TTL = System.getProperty("procmodel.chaos.ttl", "2000");

    private static final List<String> KINDS = List.of("stop", "kill", "database away");

    @TempDir
    private Path directory;

    @Test
    void postgresql(PostgresServer server) throws Exception {
        try (HikariDataSource schema = server.newSchema()) {
            String url = server.url(nameOf(schema));
            int port = URI.create(url.substring("jdbc:".length())).getPort();
            try (CutCable cable = new CutCable(port)) {
                String cuttable = url.replace(":" + port + "/", ":" + cable.port() + "/");
                wreak(cable, cuttable, JdbcRunLedger.of(schema, "clock", ChaosHost.HISTORY));
            }
        }
    }

    private static String nameOf(HikariDataSource schema) throws SQLException {
        try (Connection connection = schema.getConnection()) {
            return connection.getSchema();
        }
    }

    @Test
    void h2InServerMode() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        try (CutCable cable = new CutCable(server.getPort())) {
            String direct = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./chaos;DB_CLOSE_DELAY=-1";
            String cuttable = "jdbc:h2:tcp://127.0.0.1:" + cable.port() + "/./chaos;DB_CLOSE_DELAY=-1";
            wreak(cable, cuttable, JdbcRunLedger.of(JdbcChaosHost.source(direct), "clock", ChaosHost.HISTORY));
        } finally {
            server.stop();
        }
    }

    private void wreak(CutCable cable, String url, JdbcRunLedger ledger)
            throws IOException, InterruptedException, SQLException {
        String record = directory.resolve("record").toString();
        try (ChaosHosts hosts = new ChaosHosts(JdbcChaosHost.class, Path.of(record))) {
            hosts.start(url, "0", record, TTL);
            hosts.start(url, "2000", record, TTL);
            hosts.start(url, "-2000", record, TTL);
            Map<String, List<Long>> recoveries = new TreeMap<>();
            int done = 0;
            for (int round = 0; done < TICKS || round < KINDS.size(); round++) {
                hosts.awaitRuns(done + EVERY);
                String kind = KINDS.get(round % KINDS.size());
                Duration recovery = disturb(kind, hosts, cable);
                recoveries.computeIfAbsent(kind, key -> new ArrayList<>()).add(recovery.toMillis());
                done = hosts.lines("run").size();
            }
            hosts.awaitRuns(hosts.lines("run").size() + 4);
            hosts.endAll();
            ChaosHosts.Judgement judgement = hosts.judge(ledger);
            LOG.info("{}: {}, back after ms {}", url.substring(0, 12), judgement, recoveries);
            assertThat(judgement.duplicates()).isEmpty();
            assertThat(judgement.lost()).isEmpty();
            assertThat(judgement.instants()).isGreaterThanOrEqualTo(TICKS);
        }
    }

    /** Says how long it took until another had the lead, or, when the database was away, the first run after that. */
    private static Duration disturb(String kind, ChaosHosts hosts, CutCable cable)
            throws IOException, InterruptedException {
        ChaosHosts.Leader leader = hosts.leader();
        Instant before = Instant.now();
        switch (kind) {
            case "stop" -> {
                ChaosHosts.signal(leader.process(), "STOP");
                Duration takeOver = hosts.awaitTakeOver(leader, before);
                TimeUnit.SECONDS.sleep(1);
                ChaosHosts.signal(leader.process(), "CONT");
                return takeOver;
            }
            case "kill" -> {
                hosts.kill(leader.process());
                Duration takeOver = hosts.awaitTakeOver(leader, before);
                hosts.restart(leader.process());
                return takeOver;
            }
            default -> {
                cable.cut();
                TimeUnit.SECONDS.sleep(AWAY_SECONDS);
                Instant mended = Instant.now();
                int runs = hosts.lines("run").size();
                cable.mend();
                hosts.awaitRuns(runs + 1);
                return Duration.between(mended, Instant.now());
            }
        }
    }
}
