package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.lease.HeldLease;
import io.procmodel.lease.LeaseUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool that takes a connection for sound when it has just been used, and a driver whose errors it does not know. */
class BrokenConnectionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(150);

    /** Sooner than the pool looks at a connection again. */
    private static final Duration POLL = Duration.ofMillis(50);

    @Test
    void arePassedOverHoweverOftenTheyAreAskedFor(@TempDir Path directory) throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        try (CutCable cable = new CutCable(server.getPort());
                HikariDataSource pool = pool("jdbc:h2:tcp://127.0.0.1:" + cable.port() + "/./pooled")) {
            HeldLease held = JdbcLease.of(pool, "clock")
                    .ttl(Duration.ofHours(1))
                    .tryAcquire()
                    .orElseThrow();
            cable.cut();
            assertThatThrownBy(held::renew).isInstanceOf(LeaseUnavailableException.class);
            cable.mend();

            await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> renews(held));
            assertThat(held.renew()).as("by another thread, too").isTrue();
        } finally {
            server.stop();
        }
    }

    private static boolean renews(HeldLease held) {
        try {
            return held.renew();
        } catch (LeaseUnavailableException e) {
            return false;
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(JdbcChaosHost.source(url));
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }
}
