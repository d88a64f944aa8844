package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a ledger keeps when the process, the machine or the disk gives up. */
class LedgerCrashTest {
    @TempDir
    Path directory;

    /** That marks cannot be written is warned of, and here it is the point. */
    @BeforeEach
    @AfterEach
    void toggleWarnings() {
        Logger logger = (Logger) LoggerFactory.getLogger(LedgerLog.class);
        logger.setLevel(logger.getLevel() == null ? Level.ERROR : null);
    }

    private LedgerFixture fixture() {
        return new LedgerFixture(directory);
    }

    private static ReleaseDraft draft(String description) {
        return ReleaseDraft.of("ada", description).slug(Releases.slug('b'));
    }

    /** The append was under way: nobody was promised the record, so its torn rest is cut. */
    @Test
    void keepsExactlyTheRecordsBeforeATornOneAtEveryByte() {
        SimulatedDisk disk = new SimulatedDisk(1);
        LedgerFixture fixture = fixture();
        byte[] marks;
        int before;
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            LedgerFixture.fill(ledger, 5);
            before = disk.used(LedgerFixture.LOG).length;
            marks = disk.content(LedgerFixture.MARKS);
            ledger.append(draft("torn"));
        }
        byte[] whole = disk.content(LedgerFixture.LOG);
        for (int length = before; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            int reserved = length % 2 * 100;
            disk.alter(LedgerFixture.LOG, old -> Arrays.copyOf(torn, torn.length + reserved));
            disk.alter(LedgerFixture.MARKS, old -> marks);
            int cut = disk.used(LedgerFixture.LOG).length - before;

            try (FileReleaseLedger ledger = fixture.open(disk)) {
                assertThat(ledger.list()).extracting(Release::version).containsExactly(5, 4, 3, 2, 1);
                assertThat(ledger.verify().isIntact()).isTrue();
                assertThat(ledger.append(draft("next")).version()).isEqualTo(6);
            }
            assertThat(fixture.tornTails)
                    .extracting(TornTail::offset, TornTail::bytes, TornTail::lost)
                    .containsExactlyElementsOf(cut == 0 ? List.of() : List.of(tuple((long) before, (long) cut, 0L)));
        }
    }

    /** The record was promised and the disk did not keep it: the rest is kept, and the loss is told and shown. */
    @Test
    void tellsTheLossOfAnAcknowledgedRecordAtEveryByteUntilTheHistoryGoesOn() {
        SimulatedDisk disk = new SimulatedDisk(1);
        LedgerFixture fixture = fixture();
        int before;
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            LedgerFixture.fill(ledger, 5);
            before = disk.used(LedgerFixture.LOG).length;
            ledger.append(draft("lost"));
        }
        byte[] whole = disk.content(LedgerFixture.LOG);
        byte[] marks = disk.content(LedgerFixture.MARKS);
        for (int length = before; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            disk.alter(LedgerFixture.LOG, old -> torn);
            disk.alter(LedgerFixture.MARKS, old -> marks);

            fixture.open(disk).close();
            assertThat(fixture.tornTails).extracting(TornTail::lost).containsExactly(1L);
            try (FileReleaseLedger ledger = fixture.open(disk)) {
                assertThat(fixture.tornTails).extracting(TornTail::lost).containsExactly(1L);
                assertThat(ledger.list()).hasSize(5);
                assertThat(ledger.verify().damage()).isPresent();
                ledger.append(draft("next"));
                assertThat(ledger.verify().isIntact()).isTrue();
            }
            fixture.open(disk).close();
            assertThat(fixture.tornTails).isEmpty();
        }
    }

    @Test
    void finishesACreationThatWasInterruptedAtEveryByte() {
        for (int length = 0; length < Frame.FILE_HEADER.length; length++) {
            SimulatedDisk disk = new SimulatedDisk(1);
            byte[] begun = Arrays.copyOf(Frame.FILE_HEADER, length);
            disk.alter(LedgerFixture.LOG, old -> begun);

            try (FileReleaseLedger ledger = fixture().open(disk)) {
                assertThat(ledger.append(draft("first")).version()).isEqualTo(1);
            }
            fixture().open(disk).close();
        }
    }

    @Test
    void staysUsableWithoutTheReleaseWhenTheDiskIsFull() {
        SimulatedDisk disk = new SimulatedDisk(1);
        try (FileReleaseLedger ledger = fixture().open(disk)) {
            ledger.append(draft("first"));
            disk.failing(1, 0, 0);
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> ledger.append(draft("refused")))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("releases.log")
                        .hasMessageContaining("No space left on device");
            }
            assertThat(ledger.list()).hasSize(1);
            disk.failing(0, 0, 0);

            assertThat(ledger.append(draft("second")).version()).isEqualTo(2);
            assertThat(ledger.verify().isIntact()).isTrue();
        }
        try (FileReleaseLedger ledger = fixture().open(disk)) {
            assertThat(ledger.list()).extracting(Release::description).containsExactly("second", "first");
        }
    }

    @Test
    void takesNoMoreAppendsAfterAFailedSyncUntilItIsOpenedAgain() {
        SimulatedDisk disk = new SimulatedDisk(1);
        LedgerFixture fixture = fixture();
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            ledger.append(draft("first"));
            disk.failing(0, 1, 0);
            assertThatThrownBy(() -> ledger.append(draft("refused"))).isInstanceOf(StorageException.class);
            disk.failing(0, 0, 0);

            assertThatThrownBy(() -> ledger.append(draft("late")))
                    .isInstanceOf(LedgerClosedException.class)
                    .hasMessageContaining("after a failed write");
            assertThat(ledger.list()).extracting(Release::description).containsExactly("first");
        }
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            assertThat(ledger.append(draft("second")).version()).isEqualTo(2);
        }
    }

    @Test
    void takesNoMoreAppendsWhenAHalfWrittenOneCannotBeTakenBack() {
        SimulatedDisk disk = new SimulatedDisk(1);
        LedgerFixture fixture = fixture();
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            ledger.append(draft("first"));
            disk.failing(1, 0, 1);
            assertThatThrownBy(() -> ledger.append(draft("refused"))).isInstanceOf(StorageException.class);
            disk.failing(0, 0, 0);

            assertThatThrownBy(() -> ledger.append(draft("late"))).isInstanceOf(LedgerClosedException.class);
        }
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            assertThat(ledger.get(1)).map(Release::description).contains("first");
            assertThat(ledger.verify().isIntact()).isTrue();
        }
    }

    /**
     * Mixed writes by one and by several writers on a disk that fails and then loses its power: every acknowledged release
     * is there, in its place and whole, and no release is there that nobody wrote.
     */
    @ParameterizedTest
    @CsvSource({"1,0,0,0", "4,0,0,0", "1,0.2,0,0", "4,0.2,0.02,0.1", "8,0.05,0.05,0.5"})
    void losesNothingAcknowledgedInARandomCrash(int writers, double writes, double forces, double truncations)
            throws InterruptedException {
        for (int seed = 0; seed < 40; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            ConcurrentMap<Integer, String> acknowledged = new ConcurrentHashMap<>();
            for (int round = 0; round < 3; round++) {
                FileReleaseLedger crashing = fixture().open(disk);
                Random random = new Random(seed * 31L + round);
                disk.failing(writes, forces, truncations).losingPowerAfter(random.nextInt(60));
                write(crashing, writers, random, acknowledged);
                disk.failing(0, 0, 0).crash();
                crashing.close();
                checkSurvivors(disk, acknowledged, "seed " + seed + " round " + round);
            }
        }
    }

    private void checkSurvivors(SimulatedDisk disk, ConcurrentMap<Integer, String> acknowledged, String run) {
        LedgerFixture fixture = fixture();
        try (FileReleaseLedger ledger = fixture.open(disk)) {
            assertThat(ledger.verify().isIntact()).as(run).isTrue();
            assertThat(fixture.tornTails).as(run).allMatch(tail -> tail.lost() == 0);
            acknowledged.forEach((version, description) -> assertThat(ledger.get(version))
                    .as(run)
                    .map(Release::description)
                    .contains(description));
            List<Release> all = ledger.list();
            assertThat(all).as(run).extracting(Release::description).doesNotHaveDuplicates();
            all.forEach(release -> acknowledged.put(release.version(), release.description()));
        }
    }

    private static void write(
            FileReleaseLedger ledger, int writers, Random random, ConcurrentMap<Integer, String> acknowledged)
            throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String name = Long.toHexString(random.nextLong());
            int count = 1 + random.nextInt(8);
            Thread thread = new Thread(() -> writeSome(ledger, name, count, acknowledged));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void writeSome(
            FileReleaseLedger ledger, String writer, int count, ConcurrentMap<Integer, String> acknowledged) {
        for (int i = 0; i < count; i++) {
            try {
                Release release = ledger.append(draft(writer + " " + i).pending());
                acknowledged.put(release.version(), release.description());
                ledger.changeStatus(release.version(), ReleaseStatus.SUCCEEDED);
            } catch (ProcModelException refused) {
                assertThat(refused).isInstanceOfAny(StorageException.class, LedgerClosedException.class);
            }
        }
    }
}
