package io.procmodel.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.SecretTrap;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnResource;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Databases quote the rows that they refuse; no error, log line or file of a platform on one does. No host key is used. */
@ExtendWith(PostgresServer.Shared.class)
class DatabaseSecretsIT {
    private static final String SECRET = "s3cr3t-value-that-must-not-print";

    @TempDir
    Path directory;

    private final PostgresServer server;
    private final SecretTrap trap = new SecretTrap();

    DatabaseSecretsIT(PostgresServer server) {
        this.server = server;
    }

    @Test
    void postgresQuotesNoSecret() throws Exception {
        try (HikariDataSource source = server.newSchema()) {
            drive(source);
        }
    }

    @Test
    void h2QuotesNoSecret() throws Exception {
        try (H2Database database = new H2Database(directory)) {
            drive(database.source());
        }
    }

    private void drive(DataSource source) throws SQLException, IOException {
        Path home = directory.resolve("home");
        try (Platform platform = open(source, home)) {
            App shop = platform.createApp("shop");
            trap.given(() -> shop.config().set(Map.of("TOKEN", SECRET)));
            trap.given(() -> shop.addOns().add("store"));
            execute(source, "ALTER TABLE procmodel_ledger_record ADD CONSTRAINT few CHECK (sequence < 4)");
            trap.see(() -> shop.config().set("TOKEN", "other " + SECRET));
            trap.see(() -> shop.addOns().add(AddOnOrder.of("store").option("password", SECRET)));
            trap.see(() -> platform.addOns().list());
            execute(source, "ALTER TABLE procmodel_ledger_record DROP CONSTRAINT few");
            execute(source, "UPDATE procmodel_ledger SET sequence = 1");
            trap.see(() -> shop.config().set("TOKEN", "third " + SECRET));
            execute(source, "UPDATE procmodel_ledger SET sequence = 3");
            execute(source, "ALTER TABLE procmodel_state RENAME TO gone");
            trap.see(() -> shop.addOns().add(AddOnOrder.of("store").option("password", SECRET)));
            execute(source, "ALTER TABLE gone RENAME TO procmodel_state");
            execute(source, "ALTER TABLE procmodel_ledger_record DROP COLUMN payload");
            trap.see(() -> shop.config().set("TOKEN", "fourth " + SECRET));
            trap.see(() -> shop.releases().list());
            trap.see(() -> shop.releases().verify());
        }
        trap.close();
        trap.requireSome("cannot append to the release ledger of shop");
        for (String secret : new String[] {SECRET, hex(SECRET), hex(SECRET).toUpperCase(Locale.ROOT)}) {
            trap.requireNone(secret);
            assertThat(SecretTrap.files(home, secret)).isEmpty();
        }
    }

    private Platform open(DataSource source, Path home) {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(home)
                .ledgers(JdbcReleaseLedgers.on(source))
                .states(JdbcAppStateStore.on(source))
                .subscriber(trap::add)
                .addOnProvider(AddOnProvider.named("store")
                        .plan("nano", request -> AddOnResource.of("STORE_URL", "store://" + SECRET)))
                .open();
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String hex(String text) {
        return BaseEncoding.base16().lowerCase().encode(text.getBytes(UTF_8));
    }
}
