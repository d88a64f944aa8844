package io.procmodel.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No change of a ledger by another hand stays unnoticed; {@code -Dprocmodel.tamper.all=true} for two flips of each byte. */
class LedgerTamperTest {
    private static final int RELEASES = 50;
    private static final boolean ALL = Boolean.getBoolean("procmodel.tamper.all");

    @TempDir
    Path directory;

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private LedgerFixture fixture;
    private byte[] log;
    private byte[] marks;
    private List<Integer> frames;
    private List<Release> history;

    @BeforeEach
    void writeLedger() {
        fixture = new LedgerFixture(directory);
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            LedgerFixture.fill(ledger, RELEASES);
            history = ledger.list();
        }
        log = disk.content(LedgerFixture.LOG);
        marks = disk.content(LedgerFixture.MARKS);
        frames = framesOf(log);
    }

    private static List<Integer> framesOf(byte[] log) {
        List<Integer> offsets = new ArrayList<>();
        for (int at = Frame.FILE_HEADER.length; at < log.length; at += Frame.size(log, at)) {
            offsets.add(at);
        }
        return offsets;
    }

    private void restore() {
        disk.alter(LedgerFixture.LOG, old -> log);
        disk.alter(LedgerFixture.MARKS, old -> marks);
    }

    /** Opens the log as a ledger does, without a ledger around it, which is what makes all flips affordable. */
    private List<TornTail> openLog() throws IOException {
        List<TornTail> tails = new ArrayList<>();
        new LedgerOpening(directory, disk, tails::add).open().log().close();
        return tails;
    }

    private static UnaryOperator<byte[]> flip(int position, int mask) {
        return bytes -> {
            bytes[position] ^= (byte) mask;
            return bytes;
        };
    }

    /** One bit in turn of each byte, and all its bits at once. */
    private static int[] masks(int position) {
        return new int[] {1 << position % 8, 0xFF};
    }

    @Test
    void everyFlippedByteOfTheLogIsFoundWhenItOpens() {
        for (int position = 0; position < log.length; position++) {
            for (int mask : masks(position)) {
                restore();
                disk.alter(LedgerFixture.LOG, flip(position, mask));
                byte[] damaged = disk.content(LedgerFixture.LOG);

                assertThatThrownBy(() -> openLog())
                        .as("byte %d ^ %d", position, mask)
                        .isInstanceOf(DamagedLedgerException.class);
                assertThat(Arrays.equals(disk.content(LedgerFixture.LOG), damaged))
                        .as("a damaged log is left as it is")
                        .isTrue();
            }
        }
    }

    @Test
    void everyFlippedByteOfTheLogIsFoundByVerifyWhileItIsOpen() {
        restore();
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            for (int position = 0; position < log.length; position++) {
                for (int mask : ALL ? masks(position) : new int[] {1 << position % 8}) {
                    disk.alter(LedgerFixture.LOG, flip(position, mask));
                    int record = recordAt(position);

                    assertThat(ledger.verify().damage())
                            .as("byte %d ^ %d", position, mask)
                            .hasValueSatisfying(
                                    damage -> assertThat(damage.record()).isEqualTo(Math.max(1, record)));
                    disk.alter(LedgerFixture.LOG, flip(position, mask));
                }
            }
            assertThat(ledger.verify().isIntact()).isTrue();
        }
    }

    private int recordAt(int position) {
        return (int) frames.stream().filter(offset -> offset <= position).count();
    }

    /** The marks hold nothing of a release: a flip there costs the latest mark at most, and the one before still serves. */
    @Test
    void everyFlippedByteOfTheMarksIsHarmless() {
        for (int position = 0; position < marks.length; position++) {
            int at = position;
            restore();
            disk.alter(LedgerFixture.MARKS, flip(at, 0xFF));

            try (FileReleaseLedger ledger = fixture.open(disk)) {
                assertThat(ledger.newest(3)).isEqualTo(history.subList(0, 3));
                assertThat(ledger.verify().isIntact()).isTrue();
            }
            assertThat(fixture.tornTails).isEmpty();
        }
    }

    /** Without the marks the last record may have been torn by a crash: it is cut, and that is said. */
    @Test
    void withoutMarksEveryFlippedByteIsFoundTooWhenItOpens() throws IOException {
        int last = frames.get(frames.size() - 1);
        for (int position = 0; position < log.length; position++) {
            disk.alter(LedgerFixture.LOG, old -> log);
            disk.alter(LedgerFixture.MARKS, old -> new byte[0]);
            disk.alter(LedgerFixture.LOG, flip(position, 0xFF));
            if (position < last) {
                assertThatThrownBy(() -> openLog()).as("byte %d", position).isInstanceOf(DamagedLedgerException.class);
            } else {
                assertThat(openLog()).as("byte %d", position).hasSize(1);
            }
        }
    }

    /** A host was killed with zeros reserved behind the last record: they say nothing, and what is put there is cut. */
    @Test
    void whatIsWrittenBehindTheLastRecordIsHarmless() throws IOException {
        for (int position : new int[] {0, 1, 59, 60, 99}) {
            restore();
            disk.alter(LedgerFixture.LOG, old -> Arrays.copyOf(log, log.length + 100));
            assertThat(openLog()).isEmpty();
            disk.alter(LedgerFixture.LOG, old -> Arrays.copyOf(log, log.length + 100));
            disk.alter(LedgerFixture.LOG, flip(log.length + position, 0xFF));

            assertThat(openLog())
                    .as("byte %d", position)
                    .extracting(TornTail::lost)
                    .containsExactly(0L);
            assertThat(disk.content(LedgerFixture.LOG)).isEqualTo(log);
        }
    }

    @Test
    void namesFileOffsetRecordAndWhatIsStillReadable() {
        disk.alter(LedgerFixture.LOG, flip(frames.get(20) + Frame.HEADER + 3, 1));

        DamagedLedgerException damaged = catchThrowableOfType(DamagedLedgerException.class, () -> fixture.open(disk));

        assertThat(damaged.damage().record()).isEqualTo(21);
        assertThat(damaged.lastReadable()).isEqualTo(16);
        assertThat(damaged)
                .hasMessageContaining("record 21 at")
                .hasMessageContaining("releases.log, offset " + frames.get(20))
                .hasMessageContaining("still readable: v1 to v16");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30})
    void findsARemovedRecord(int index) {
        disk.alter(LedgerFixture.LOG, old -> without(frames.get(index), frames.get(index + 1)));

        assertThatThrownBy(() -> fixture.open(disk))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("record " + (index + 1) + " at")
                .hasMessageContaining("here is record " + (index + 2));
    }

    @Test
    void findsReorderedRecords() {
        disk.alter(
                LedgerFixture.LOG,
                old -> concat(
                        Arrays.copyOfRange(log, 0, frames.get(9)),
                        Arrays.copyOfRange(log, frames.get(10), frames.get(11)),
                        Arrays.copyOfRange(log, frames.get(9), frames.get(10)),
                        Arrays.copyOfRange(log, frames.get(11), log.length)));

        assertThatThrownBy(() -> fixture.open(disk))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("record 10 at");
    }

    /** A forger who repairs the checksum of the record still breaks the chain. */
    @Test
    void findsAReplacedRecordWithARightChecksum() {
        int from = frames.get(10);
        int to = frames.get(11);
        Frame frame = Frame.decode(log, from, to - from);
        byte[] forged = new String(frame.payload(), UTF_8).replace("ada", "eve").getBytes(UTF_8);
        byte[] replaced = new Frame(frame.sequence(), frame.durable(), frame.previous(), forged).encode();
        disk.alter(
                LedgerFixture.LOG,
                old -> concat(Arrays.copyOfRange(log, 0, from), replaced, Arrays.copyOfRange(log, to, log.length)));

        assertThatThrownBy(() -> fixture.open(disk))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("one of the two was replaced");
    }

    @Test
    void saysThatTheLastRecordsWereRemovedAndNamesTheFirstOfThem() {
        int keep = frames.size() - 3;
        disk.alter(LedgerFixture.LOG, old -> Arrays.copyOf(log, frames.get(keep)));

        try (FileReleaseLedger ledger = fixture.open(disk)) {
            assertThat(fixture.tornTails).extracting(TornTail::lost).containsExactly(3L);
            assertThat(ledger.verify().damage())
                    .hasValueSatisfying(damage -> assertThat(damage.record()).isEqualTo(keep + 1));
        }
    }

    @Test
    void findsThatTheWholeLogWasRemoved() {
        disk.alter(LedgerFixture.LOG, old -> new byte[0]);

        assertThatThrownBy(() -> fixture.open(disk)).isInstanceOf(DamagedLedgerException.class);
    }

    @Test
    void findsDamageWhenItReadsARelease() {
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            disk.alter(LedgerFixture.LOG, flip(frames.get(2) + Frame.HEADER, 1));

            assertThatThrownBy(() -> ledger.get(3))
                    .isInstanceOf(DamagedLedgerException.class)
                    .hasMessageContaining("record 3 at")
                    .hasMessageContaining("v1 to v2");
            assertThatCode(() -> ledger.get(2)).doesNotThrowAnyException();
        }
    }

    private byte[] without(int from, int to) {
        return concat(Arrays.copyOfRange(log, 0, from), Arrays.copyOfRange(log, to, log.length));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
