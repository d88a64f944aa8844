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
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three JVMs whose clocks are two seconds apart, on one database. The leader is stopped for longer than its lease, another
 * is killed, the database is away. Nothing runs twice, and nothing is left out but what a killed host had in its hands.
 * {@code -Dprocmodel.chaos.ticks=1000 -Dprocmodel.chaos.away=10} is the full size.
 */
@ExtendWith(PostgresServer.Shared.class)
@EnabledIfSystemProperty(named = "procmodel.chaos.ticks", matches = "\\d+", disabledReason = "chaos runs are asked for")
class ClockChaosIT {
    private static final Logger LOG = LoggerFactory.getLogger(ClockChaosIT.class);
    private static final int TICKS = Integer.getInteger("procmodel.chaos.ticks", 40);
    private static final int AWAY_SECONDS = Integer.getInteger("procmodel.chaos.away", 3);

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
            hosts.start(url, "0", record);
            hosts.start(url, "2000", record);
            hosts.start(url, "-2000", record);
            int done = 0;
            for (int round = 0; done < TICKS; round++) {
                hosts.awaitRuns(Math.min(TICKS, done + TICKS / 4));
                Duration takeOver = disturb(round % 3, hosts, cable, url, record);
                LOG.info("{}: {}", url.substring(0, 12), takeOver);
                done = hosts.lines("run").size();
            }
            hosts.awaitRuns(hosts.lines("run").size() + 8);
            hosts.killAll();
            ChaosHosts.Judgement judgement = hosts.judge(ledger);
            LOG.info("{}", judgement);
            assertThat(judgement.duplicates()).isZero();
            assertThat(judgement.lost()).isEmpty();
            assertThat(judgement.instants()).isGreaterThanOrEqualTo(TICKS);
        }
    }

    private static Duration disturb(int kind, ChaosHosts hosts, CutCable cable, String url, String record)
            throws IOException, InterruptedException {
        Process leader = hosts.leader();
        Instant before = Instant.now();
        switch (kind) {
            case 0 -> {
                ChaosHosts.signal(leader, "STOP");
                Duration takeOver = hosts.awaitTakeOver(leader, before);
                TimeUnit.SECONDS.sleep(1);
                ChaosHosts.signal(leader, "CONT");
                return takeOver;
            }
            case 1 -> {
                leader.destroyForcibly();
                Duration takeOver = hosts.awaitTakeOver(leader, before);
                hosts.start(url, "0", record);
                return takeOver;
            }
            default -> {
                cable.cut();
                TimeUnit.SECONDS.sleep(AWAY_SECONDS);
                cable.mend();
                hosts.awaitRuns(hosts.lines("run").size() + 1);
                return Duration.between(before, Instant.now());
            }
        }
    }
}
