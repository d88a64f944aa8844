package io.procmodel.scheduler.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunLedgerTest extends RunLedgerContract {
    @TempDir
    private Path directory;

    @Override
    protected RunLedger open(History history) {
        return FileRunLedger.at(directory.resolve("runs"), history, () -> NOON);
    }

    @Override
    protected String goneHost() {
        return "here/999999999/1/0";
    }

    private FileRunLedger other() {
        return FileRunLedger.at(directory.resolve("other"), History.DEFAULT, () -> NOON);
    }

    private static JobRun run(int second) {
        Instant at = NOON.plusSeconds(second);
        return new JobRun(
                JobRun.key("poll", at, 1), "poll", at, Trigger.SCHEDULE, 1, 1, ALIVE, at, 1, Optional.empty());
    }

    private static RunEnd succeeded() {
        return RunEnd.of(NOON, Outcome.SUCCEEDED, "");
    }

    @Test
    void aSecondOneOfTheSameProcessIsRefusedAndTheFirstGoesOn() {
        try (FileRunLedger first = other()) {
            assertThatThrownBy(this::other)
                    .isInstanceOf(RunLedgerInUseException.class)
                    .hasMessageContaining(directory.resolve("other").toString())
                    .hasMessageContaining("another scheduler of this process");
            assertThat(first.claim(List.of(run(0)))).containsExactly(Claim.GRANTED);
        }
        other().close();
    }

    @Test
    void filesArePrivate() throws IOException {
        try (FileRunLedger ledger = other()) {
            ledger.claim(List.of(run(0)));
            assertThat(Files.getPosixFilePermissions(directory.resolve("other/journal")))
                    .hasSize(2);
            assertThat(Files.getPosixFilePermissions(directory.resolve("other")))
                    .hasSize(3);
        }
    }

    /** Cut at every byte: what was acknowledged before the last claim is there, and the journal can be written on. */
    @Test
    void aTornTailIsCutAway() throws IOException {
        Path journal = directory.resolve("other/journal");
        try (FileRunLedger ledger = other()) {
            ledger.claim(List.of(run(0)));
        }
        int whole = (int) Files.size(journal);
        try (FileRunLedger ledger = other()) {
            ledger.claim(List.of(run(1)));
        }
        byte[] bytes = Files.readAllBytes(journal);
        for (int length = whole; length < bytes.length; length++) {
            Files.write(journal, java.util.Arrays.copyOf(bytes, length));
            try (FileRunLedger ledger = other()) {
                assertThat(ledger.open()).containsExactly(run(0));
                assertThat(ledger.claim(List.of(run(1)))).containsExactly(Claim.GRANTED);
            }
            assertThat(Files.readAllBytes(journal)).isEqualTo(bytes);
        }
    }

    @Test
    void damageInTheMiddleIsNamedAndNothingIsClaimed() throws IOException {
        Path journal = directory.resolve("other/journal");
        try (FileRunLedger ledger = other()) {
            ledger.claim(List.of(run(0), run(1)));
        }
        byte[] bytes = Files.readAllBytes(journal);
        bytes[12] ^= 1;
        Files.write(journal, bytes);

        assertThatThrownBy(this::other)
                .isInstanceOf(RunLedgerDamagedException.class)
                .hasMessageContaining("byte 0")
                .hasMessageContaining(journal.toString());
        assertThat(Files.readAllBytes(journal)).isEqualTo(bytes);
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> FileRunLedger.at(Path.of("/proc/clock.runs")))
                .isInstanceOf(RunLedgerUnavailableException.class)
                .hasMessageContaining("/proc/clock.runs");
    }

    /** An interrupt closes a channel under its thread; it must not take the ledger away from everybody else. */
    @Test
    void anInterruptedCallerIsAnsweredAndStaysInterrupted() {
        try (FileRunLedger ledger = other()) {
            Thread.currentThread().interrupt();
            assertThat(ledger.claim(List.of(run(0)))).containsExactly(Claim.GRANTED);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ledger.open()).containsExactly(run(0));
        }
    }

    @Test
    void aCallerThatIsInterruptedInTheMiddleFailsAloneAndLosesNoClaim() throws InterruptedException {
        try (FileRunLedger ledger = other()) {
            List<JobRun> granted = new CopyOnWriteArrayList<>();
            AtomicBoolean over = new AtomicBoolean();
            Thread claimer = new Thread(() -> claimUntil(over, ledger, granted));
            claimer.start();
            try {
                for (int i = 0; i < 50 || granted.isEmpty(); i++) {
                    claimer.interrupt();
                    ledger.open();
                }
            } finally {
                over.set(true);
                claimer.join();
            }

            assertThat(ledger.open()).containsAll(granted);
        }
    }

    private static void claimUntil(AtomicBoolean over, RunLedger ledger, List<JobRun> granted) {
        for (int second = 0; !over.get(); second++) {
            JobRun run = run(second);
            try {
                ledger.claim(List.of(run));
                granted.add(run);
            } catch (RunLedgerUnavailableException e) {
                // it may be there or not
            }
        }
    }

    /** A process that was killed leaves its mark, which says nothing about the next one. */
    @Test
    void theMarkOfADeadProcessIsRemoved() throws IOException {
        Files.createDirectories(directory.resolve("other"));
        Path left = Files.createFile(directory.resolve("other/.open-999999999"));

        other().close();
        assertThat(left).doesNotExist();
    }

    @Test
    void whatAnotherProcessAppendedIsSeen() throws IOException {
        Path journal = directory.resolve("other/journal");
        try (FileRunLedger ledger = other()) {
            assertThat(ledger.open()).isEmpty();
            Files.writeString(journal, JournalText.run(run(0)), UTF_8, StandardOpenOption.APPEND);

            assertThat(ledger.claim(List.of(run(0).ended(succeeded())))).containsExactly(Claim.TAKEN);
            assertThat(ledger.history("poll", 5)).containsExactly(run(0));
        }
    }

    @Test
    void aJournalThatAnotherProcessWroteAnewIsReadAgain() throws IOException {
        Path journal = directory.resolve("other/journal");
        try (FileRunLedger ledger = other()) {
            ledger.claim(List.of(run(0)));
            Path anew = Files.writeString(directory.resolve("anew"), JournalText.run(run(5)), UTF_8);
            Files.move(anew, journal, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            assertThat(ledger.open()).containsExactly(run(5));
            ledger.claim(List.of(run(6)));
            assertThat(Files.readString(journal)).isEqualTo(JournalText.run(run(5)) + JournalText.run(run(6)));
        }
    }

    /** 20,000 runs, of which 50 are remembered. */
    @Test
    void theJournalStaysSmall() throws IOException {
        Path journal = directory.resolve("other/journal");
        long largest = 0;
        try (FileRunLedger ledger = other()) {
            for (int batch = 0; batch < 40; batch++) {
                List<JobRun> runs = new java.util.ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    runs.add(run(batch * 500 + i).ended(succeeded()));
                }
                assertThat(ledger.claim(runs)).containsOnly(Claim.GRANTED);
                largest = Math.max(largest, Files.size(journal));
            }
            assertThat(ledger.history("poll", 100)).hasSize(50);
        }
        assertThat(largest).isLessThan(2 << 20);
        try (FileRunLedger ledger = other()) {
            assertThat(ledger.lastScheduled()).containsEntry("poll", NOON.plusSeconds(19_999));
            assertThat(ledger.claim(List.of(run(7)))).containsExactly(Claim.TAKEN);
            assertThat(ledger.abandonSilent(Duration.ZERO)).isEmpty();
        }
    }
}
