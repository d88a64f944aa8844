package io.procmodel.jdbc;

import com.google.common.collect.ImmutableList;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.jdbc.sql.SchemaMigration;
import io.procmodel.name.AppName;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseLedgers;
import io.procmodel.release.SharedReleaseLedger;
import io.procmodel.release.StaleReleaseException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import javax.sql.DataSource;

/**
 * The ledgers of all apps in tables of PostgreSQL or H2 that any number of hosts share: versions of an app stay gapless and
 * ordered whoever appends. An append is on the database's disk when it returns. Thread-safe; the tables are made when they
 * are missing, and the source of connections stays the host's to close; a pool is a good one.
 */
public final class JdbcReleaseLedgers implements ReleaseLedgers {
    private static final SchemaMigration SCHEMA = SchemaMigration.of("releases")
            .step(
                    "CREATE TABLE IF NOT EXISTS procmodel_ledger (app VARCHAR(30) PRIMARY KEY, sequence BIGINT NOT NULL,"
                            + " hash VARCHAR(64) NOT NULL, newest INT NOT NULL, present INT NOT NULL,"
                            + " config_of INT NOT NULL, data_keys TEXT)",
                    "CREATE TABLE IF NOT EXISTS procmodel_ledger_record (app VARCHAR(30) NOT NULL,"
                            + " sequence BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, version INT NOT NULL,"
                            + " status VARCHAR(10) NOT NULL, payload BYTEA NOT NULL, previous VARCHAR(64) NOT NULL,"
                            + " hash VARCHAR(64) NOT NULL, PRIMARY KEY (app, sequence))",
                    "CREATE INDEX IF NOT EXISTS procmodel_ledger_version"
                            + " ON procmodel_ledger_record (app, version, sequence)");

    private final Database database;

    private JdbcReleaseLedgers(Database database) {
        this.database = database;
    }

    /**
     * The ledgers in the database behind {@code source}.
     *
     * @throws io.procmodel.error.InvalidValueException if it is neither PostgreSQL nor H2
     * @throws io.procmodel.error.StorageException if the database refuses
     */
    public static JdbcReleaseLedgers on(DataSource source) {
        Database database = Database.on(source);
        SCHEMA.apply(database);
        return new JdbcReleaseLedgers(database);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public List<AppName> apps() {
        return database.read("list", "the apps", connection -> {
            ImmutableList.Builder<AppName> names = ImmutableList.builder();
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT app FROM procmodel_ledger WHERE newest > 0 ORDER BY app");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    names.add(AppName.of(rows.getString(1)));
                }
            }
            return names.build();
        });
    }

    @Override
    public boolean create(AppName app, ReleaseDraft first, LedgerOptions options) {
        try (ReleaseLedger ledger = open(app, options)) {
            ledger.append(first.basedOn(0));
            return true;
        } catch (StaleReleaseException e) {
            return false;
        }
    }

    @Override
    public ReleaseLedger open(AppName app, LedgerOptions options) {
        return SharedReleaseLedger.over(JdbcRecordStore.of(database, app), options);
    }
}
