package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.config.ConfigVars;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.name.AppName;
import io.procmodel.release.DamagedLedgerException;
import io.procmodel.release.HostKey;
import io.procmodel.release.HostKeyException;
import io.procmodel.release.LedgerFixture;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.LedgerRecord;
import io.procmodel.release.RecordStore;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseLedgerContract;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.release.SharedReleaseLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a ledger in any database does on top of what every ledger does. */
abstract class SharedLedgerContract extends ReleaseLedgerContract {
    private static final AppName SHOP = AppName.of("shop");
    private static final AppName BLOG = AppName.of("blog");
    private static final int FLIPPED_RELEASES = Integer.getInteger("procmodel.tamper.releases", 5);
    private static final String SECRET = "s3cr3t-in-the-ledger";

    abstract DataSource source();

    @Override
    protected ReleaseLedger open(InstantSource clock) {
        return JdbcReleaseLedgers.on(source()).open(SHOP, new LedgerOptions(clock, List.of()));
    }

    private JdbcReleaseLedgers ledgers() {
        return JdbcReleaseLedgers.on(source());
    }

    private static ReleaseDraft draft(String description) {
        return ReleaseDraft.of("ada", description);
    }

    private static LedgerOptions under(HostKey... keys) {
        return new LedgerOptions(InstantSource.system(), List.of(keys));
    }

    private static HostKey key(String id) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) id.hashCode());
        return HostKey.of(id, bytes);
    }

    @Test
    void anAppAppearsWithItsFirstReleaseAndOnceOnly() {
        assertThat(ledgers().apps()).isEmpty();
        assertThat(ledgers().create(BLOG, draft("Initial release"), LedgerOptions.standard()))
                .isTrue();
        assertThat(ledgers().create(BLOG, draft("again"), LedgerOptions.standard()))
                .isFalse();

        assertThat(ledgers().apps()).containsExactly(BLOG);
        try (ReleaseLedger ledger = ledgers().open(BLOG, LedgerOptions.standard())) {
            assertThat(ledger.list()).extracting(Release::description).containsExactly("Initial release");
        }
    }

    @Test
    void appsDoNotSeeEachOther() {
        try (ReleaseLedger shop = ledgers().open(SHOP, LedgerOptions.standard());
                ReleaseLedger blog = ledgers().open(BLOG, LedgerOptions.standard())) {
            shop.append(draft("shop"));
            blog.append(draft("blog"));

            assertThat(shop.list()).extracting(Release::description).containsExactly("shop");
            assertThat(blog.append(draft("blog 2")).version()).isEqualTo(2);
        }
    }

    /** Two hosts: what one appends the other sees at once, and versions stay gapless and ordered. */
    @Test
    void severalHostsAppendToOneApp() throws Exception {
        int hosts = 3;
        int each = 40;
        ExecutorService pool = Executors.newFixedThreadPool(hosts);
        try {
            List<Callable<Integer>> work = Stream.iterate(0, i -> i + 1)
                    .limit(hosts)
                    .<Callable<Integer>>map(host -> () -> appendFrom(host, each))
                    .toList();
            for (Future<Integer> result : pool.invokeAll(work, 200, TimeUnit.SECONDS)) {
                assertThat(result.get()).isEqualTo(each);
            }
        } finally {
            pool.shutdownNow();
        }
        try (ReleaseLedger ledger = ledgers().open(SHOP, LedgerOptions.standard())) {
            assertThat(ledger.list()).hasSize(hosts * each);
            assertThat(ledger.list()).extracting(Release::description).doesNotHaveDuplicates();
            assertThat(ledger.verify().records()).isEqualTo((long) hosts * each);
            assertThat(ledger.verify().isIntact()).isTrue();
        }
    }

    private int appendFrom(int host, int count) {
        try (ReleaseLedger ledger = ledgers().open(SHOP, LedgerOptions.standard())) {
            int last = 0;
            for (int i = 0; i < count; i++) {
                int version = ledger.append(draft("host " + host + " number " + i)
                                .config(ConfigVars.empty().with("HOST", Integer.toString(host))))
                        .version();
                assertThat(version).isGreaterThan(last);
                last = version;
            }
            return count;
        }
    }

    @Test
    void encryptsConfigVarsAndRotatesTheHostKeyWithoutRewritingARecord() throws SQLException {
        try (ReleaseLedger ledger = ledgers().open(SHOP, under(key("one")))) {
            ledger.append(draft("first").config(ConfigVars.empty().with("TOKEN", SECRET)));
        }
        List<String> before = dump();
        try (ReleaseLedger old = ledgers().open(SHOP, under(key("one")));
                ReleaseLedger ledger = ledgers().open(SHOP, under(key("two"), key("one")))) {
            ledger.append(draft("second").config(ConfigVars.empty().with("TOKEN", SECRET + "2")));
            assertThat(ledger.get(1).orElseThrow().config().asMap()).containsEntry("TOKEN", SECRET);
            // the host that has not been told of the new key cannot read what is under it, and says which key it needs
            assertThatThrownBy(() -> old.get(2))
                    .isInstanceOf(HostKeyException.class)
                    .hasMessageContaining("two");
        }
        try (ReleaseLedger ledger = ledgers().open(SHOP, under(key("two")))) {
            assertThat(ledger.list())
                    .extracting(release -> release.config().asMap().get("TOKEN"))
                    .containsExactly(SECRET + "2", SECRET);
            assertThat(ledger.verify().isIntact()).isTrue();
        }
        assertThat(dump()).containsAll(before).noneMatch(row -> row.contains(SECRET));
        assertThatThrownBy(() -> ledgers().open(SHOP, LedgerOptions.standard()))
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("two");
    }

    private List<String> dump() throws SQLException {
        List<String> rows = new java.util.ArrayList<>();
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT payload FROM procmodel_ledger_record")) {
            while (result.next()) {
                rows.add(new String(result.getBytes(1), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return rows;
    }

    /** Every byte of every payload, and every other column, of a filled ledger: none can be changed in silence. */
    @Test
    void findsEveryRecordThatWasChanged() throws SQLException {
        try (ReleaseLedger ledger = ledgers().open(SHOP, LedgerOptions.standard())) {
            LedgerFixture.fill(ledger, 8);
            long records = ledger.verify().records();
            assertThat(records).isEqualTo(10);
            for (long sequence = 1; sequence <= records; sequence++) {
                checkPayload(ledger, sequence);
                for (String change : List.of(
                        "version = version + 1",
                        "status = 'EXPIRED'",
                        "kind = CASE kind WHEN 'release' THEN 'status' ELSE 'release' END",
                        "hash = previous",
                        "previous = hash")) {
                    tamper("UPDATE procmodel_ledger_record SET " + change, ledger, sequence);
                }
                tamper("DELETE FROM procmodel_ledger_record", ledger, sequence);
            }
            tamperHead(ledger, "present = present - 1");
            tamperHead(ledger, "newest = newest - 1");
            tamperHead(ledger, "sequence = sequence - 1");
            tamperHead(ledger, "config_of = 0");
            assertThat(ledger.verify().isIntact()).isTrue();
        }
    }

    /** Some bytes in the database itself; {@link #everyByteOfEveryRecordIsFoundWhenItOpens} does all of them. */
    private void checkPayload(ReleaseLedger ledger, long sequence) throws SQLException {
        byte[] payload = payload(sequence);
        for (int i = (int) sequence; i < payload.length; i += 61) {
            byte[] flipped = payload.clone();
            flipped[i] ^= 1;
            setPayload(sequence, flipped);
            assertThat(ledger.verify().damage())
                    .as("byte %d of record %d", i, sequence)
                    .hasValueSatisfying(damage -> assertThat(damage.record()).isEqualTo(sequence));
            assertRefused(sequence, sequence);
        }
        setPayload(sequence, payload);
        assertThat(ledger.verify().isIntact()).isTrue();
    }

    private void assertRefused(long first, long last) {
        assertThatThrownBy(() -> ledgers().open(SHOP, LedgerOptions.standard()))
                .isInstanceOfSatisfying(
                        DamagedLedgerException.class,
                        refused -> assertThat(refused.damage().record()).isBetween(first, last));
    }

    /** Each byte of each record in turn, one bit and all bits, as if the database gave it back so; {@code
     * -Dprocmodel.tamper.releases=50} is the full size. */
    @Test
    void everyByteOfEveryRecordIsFoundWhenItOpens() {
        try (ReleaseLedger ledger = ledgers().open(SHOP, LedgerOptions.standard())) {
            LedgerFixture.fill(ledger, FLIPPED_RELEASES);
        }
        AlteredRecords altered = AlteredRecords.of(JdbcRecordStore.of(Database.on(source()), SHOP));
        SharedReleaseLedger.over(altered, LedgerOptions.standard()).close();
        for (LedgerRecord record : altered.records()) {
            for (int i = 0; i < record.payload().length; i++) {
                for (int mask : new int[] {1 << i % 8, 0xFF}) {
                    RecordStore flipped = altered.flip(record, i, mask);
                    assertThatThrownBy(() -> SharedReleaseLedger.over(flipped, LedgerOptions.standard()))
                            .as("byte %d of %s ^ %d", i, record, mask)
                            .isInstanceOfSatisfying(
                                    DamagedLedgerException.class,
                                    refused -> assertThat(refused.damage().record())
                                            .isEqualTo(record.sequence()));
                }
            }
        }
    }

    private byte[] payload(long sequence) throws SQLException {
        try (Connection connection = source().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT payload FROM procmodel_ledger_record WHERE sequence = ?")) {
            select.setLong(1, sequence);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getBytes(1);
            }
        }
    }

    private void setPayload(long sequence, byte[] payload) throws SQLException {
        try (Connection connection = source().getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE procmodel_ledger_record SET payload = ? WHERE sequence = ?")) {
            update.setBytes(1, payload);
            update.setLong(2, sequence);
            update.executeUpdate();
        }
    }

    /** Changes the ledger in a copy of its tables' rows, checks, and puts them back. */
    private void tamper(String change, ReleaseLedger ledger, long sequence) throws SQLException {
        execute("CREATE TABLE saved AS SELECT * FROM procmodel_ledger_record");
        try {
            execute(change + " WHERE sequence = " + sequence);
            assertThat(ledger.verify().damage())
                    .as("%s of record %d", change, sequence)
                    .hasValueSatisfying(damage -> assertThat(damage.record()).isBetween(sequence, sequence + 1));
            assertRefused(sequence, sequence + 1);
        } finally {
            execute("DELETE FROM procmodel_ledger_record");
            execute("INSERT INTO procmodel_ledger_record SELECT * FROM saved");
            execute("DROP TABLE saved");
        }
    }

    private void tamperHead(ReleaseLedger ledger, String change) throws SQLException {
        execute("CREATE TABLE saved AS SELECT * FROM procmodel_ledger");
        try {
            execute("UPDATE procmodel_ledger SET " + change);
            assertThat(ledger.verify().isIntact()).as(change).isFalse();
            assertThatThrownBy(() -> ledgers().open(SHOP, LedgerOptions.standard()))
                    .as(change)
                    .isInstanceOf(DamagedLedgerException.class);
        } finally {
            execute("DELETE FROM procmodel_ledger");
            execute("INSERT INTO procmodel_ledger SELECT * FROM saved");
            execute("DROP TABLE saved");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void refusesToReadADamagedRelease() throws SQLException {
        try (ReleaseLedger ledger = ledgers().open(SHOP, LedgerOptions.standard())) {
            LedgerFixture.fill(ledger, 3);
            byte[] payload = payload(2);
            payload[40] ^= 1;
            setPayload(2, payload);

            assertThatThrownBy(() -> ledger.get(2))
                    .isInstanceOf(DamagedLedgerException.class)
                    .hasMessageContaining("record 2 at the release ledger of shop")
                    .hasMessageContaining("still readable: v1 to v1");
            assertThat(ledger.get(1)).isPresent();
        }
    }

    @Test
    void keepsTheCurrentReleaseThroughExpiryInOneTransaction() {
        try (ReleaseLedger ledger = ledgers().open(SHOP, LedgerOptions.standard())) {
            LedgerFixture.fill(ledger, 4);
            ledger.changeStatus(3, ReleaseStatus.EXPIRED);

            assertThat(ledger.current()).map(Release::version).contains(4);
            assertThat(ledger.verify().isIntact()).isTrue();
        }
    }
}
