package io.procmodel.release;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.state.FileAppStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger under a host key does all that a ledger does, and its files hold no config value. */
class EncryptedReleaseLedgerTest extends ReleaseLedgerContract {
    private static final HostKey OLD = key("2025", 1);
    private static final HostKey NEW = key("2026", 2);
    private static final String SECRET = "s3cret-marker";
    private static final ReleaseDraft DRAFT =
            ReleaseDraft.of("ada", "change").config(ConfigVars.empty().with("TOKEN", SECRET));

    @TempDir
    Path directory;

    private static HostKey key(String id, int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return HostKey.of(id, bytes);
    }

    @Override
    protected ReleaseLedger open(InstantSource clock) {
        return FileReleaseLedger.builder(directory.resolve("contract"))
                .clock(clock)
                .hostKey(OLD)
                .open();
    }

    private FileReleaseLedger openUnder(HostKey current, HostKey... earlier) {
        return FileReleaseLedger.builder(directory.resolve("ledger"))
                .hostKey(current, earlier)
                .open();
    }

    private byte[] log() throws IOException {
        return Files.readAllBytes(directory.resolve("ledger").resolve(LedgerOpening.RELEASES));
    }

    private static String token(FileReleaseLedger ledger, int version) {
        return ledger.get(version).orElseThrow().config().asMap().get("TOKEN");
    }

    @Test
    void writesNoConfigValueToAnyFile() throws IOException {
        try (FileReleaseLedger ledger = openUnder(OLD)) {
            ledger.append(DRAFT);
            try (Stream<Path> files = Files.list(directory.resolve("ledger"))) {
                List<Path> all = files.toList();
                assertThat(all).hasSize(4);
                for (Path file : all) {
                    assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(SECRET);
                }
            }
        }
    }

    @Test
    void sealsTheSameConfigDifferentlyEachTime() throws IOException {
        try (FileReleaseLedger ledger = openUnder(OLD)) {
            ledger.append(DRAFT);
            ledger.append(DRAFT.config(ConfigVars.empty()));
            ledger.append(DRAFT);
            assertThat(token(ledger, 3)).isEqualTo(SECRET);
        }
        List<String> contents = new String(log(), ISO_8859_1)
                .lines()
                .flatMap(line -> Arrays.stream(line.split("\"content\":\"")).skip(1))
                .map(rest -> rest.substring(0, rest.indexOf('"')))
                .toList();
        assertThat(contents).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void rotatesTheHostKeyWithoutRewritingHistory() throws IOException {
        try (FileReleaseLedger ledger = openUnder(OLD)) {
            ledger.append(DRAFT);
        }
        byte[] before = log();
        openUnder(NEW, OLD).close();
        assertThat(log()).isEqualTo(before);

        try (FileReleaseLedger ledger = openUnder(NEW)) {
            assertThat(token(ledger, 1)).isEqualTo(SECRET);
            ledger.append(DRAFT.config(ConfigVars.empty().with("TOKEN", "newer")));
            assertThat(token(ledger, 2)).isEqualTo("newer");
            assertThat(ledger.verify().isIntact()).isTrue();
        }
        assertThat(log()).startsWith(before);
        assertThatThrownBy(() -> openUnder(OLD))
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("host keys given: 2025 (expected: 2026,");
    }

    @Test
    void encryptsWhatComesAfterAPlainBeginning() throws IOException {
        try (FileReleaseLedger plain = FileReleaseLedger.open(directory.resolve("ledger"))) {
            plain.append(DRAFT.config(ConfigVars.empty().with("TOKEN", "plain")));
        }
        try (FileReleaseLedger ledger = openUnder(OLD)) {
            ledger.append(DRAFT);
            assertThat(token(ledger, 1)).isEqualTo("plain");
            assertThat(token(ledger, 2)).isEqualTo(SECRET);
            assertThat(ledger.verify().isIntact()).isTrue();
        }
        assertThat(new String(log(), UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void opensWithNoOtherKeyAndNamesTheOneItNeeds() {
        openUnder(OLD).close();

        assertThatThrownBy(() -> FileReleaseLedger.open(directory.resolve("ledger")))
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("host keys given: none (expected: 2025,");
        assertThatThrownBy(() -> openUnder(key("2025", 9)))
                .isInstanceOf(HostKeyException.class)
                .hasMessageContaining("host key 2025: it does not open data key");
        openUnder(OLD).close();
    }

    /** New keys in their place would make all that is encrypted unreadable. */
    @Test
    void keysThatCannotBeReadAreNotTakenForMissing() throws IOException {
        openUnder(OLD).close();
        Path keys = directory.resolve("ledger/releases.keys");
        Path elsewhere = Files.move(keys, directory.resolve("elsewhere"));
        Files.createSymbolicLink(keys, keys);

        assertThatThrownBy(() -> openUnder(OLD)).isInstanceOf(StorageException.class);
        Files.move(elsewhere, keys, StandardCopyOption.REPLACE_EXISTING);
        openUnder(OLD).close();
    }

    @Test
    void appStateIsNotEncryptedUnderNoKey() {
        assertThatThrownBy(() -> SealedAppStateStore.over(FileAppStateStore.at(directory), List.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("host keys: \"none\" (expected: the present key");
    }

    @Test
    void everyFlippedByteOfTheKeyFileIsFoundOrHarmless() throws IOException {
        try (FileReleaseLedger ledger = openUnder(OLD)) {
            ledger.append(DRAFT);
        }
        Path file = directory.resolve("ledger").resolve(LedgerOpening.KEYS);
        byte[] keys = Files.readAllBytes(file);
        for (int position = 0; position < keys.length; position++) {
            byte[] flipped = keys.clone();
            flipped[position] ^= (byte) (1 << position % 7);
            Files.write(file, flipped);
            String secret;
            try (FileReleaseLedger ledger = openUnder(OLD)) {
                secret = token(ledger, 1);
            } catch (ProcModelException found) {
                secret = SECRET;
                assertThat(found).hasMessageNotContaining(SECRET);
            }
            assertThat(secret).as("byte %d", position).isEqualTo(SECRET);
        }
    }

    @Test
    void refusesAHostKeyOfAnotherLengthOrWithAnOddId() {
        assertThatThrownBy(() -> HostKey.of("2026", new byte[16]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("16 bytes")
                .hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> HostKey.of("a b", new byte[32])).isInstanceOf(InvalidValueException.class);
        assertThat(NEW).hasToString("host key 2026");
    }
}
