package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger in a process that is killed; {@code -Dprocmodel.kills=250} for the whole crash matrix. */
@Timeout(7200)
class FileReleaseLedgerIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 5);

    @TempDir
    Path directory;

    private Process start(int writers, String run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        LedgerAppender.class.getName(),
                        directory.toString(),
                        Integer.toString(writers),
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Kills the process after it acknowledged some releases, and returns all that it had acknowledged. */
    private static Map<Integer, String> killAfter(Process process, int acknowledgements) throws Exception {
        Map<Integer, String> acknowledged = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                if (acknowledged.size() == acknowledgements) {
                    process.toHandle().destroyForcibly(); // the process's own method closes its output too
                }
                // the kill may cut the last line; a complete one has all three parts of "version run-number"
                if (line.matches("\\d+ \\w+-\\d+")) {
                    acknowledged.put(
                            Integer.parseInt(line.substring(0, line.indexOf(' '))),
                            line.substring(line.indexOf(' ') + 1));
                }
                line = lines.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void keepsEveryAcknowledgedReleaseOnceAndInOrderWhenItIsKilled(int writers) throws Exception {
        Map<Integer, String> acknowledged = new LinkedHashMap<>();
        Random random = new Random(writers);
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.putAll(killAfter(start(writers, "run" + kill), 20 + random.nextInt(400)));
            check(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(20 * KILLS);
    }

    private void check(Map<Integer, String> acknowledged) {
        List<TornTail> tails = new ArrayList<>();
        try (FileReleaseLedger ledger =
                FileReleaseLedger.builder(directory).onTornTail(tails::add).open()) {
            assertThat(tails).allMatch(tail -> tail.lost() == 0);
            assertThat(ledger.verify().isIntact()).isTrue();
            List<Release> all = ledger.list();
            Set<String> descriptions = new HashSet<>();
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).version()).isEqualTo(all.size() - i);
                assertThat(descriptions.add(all.get(i).description())).isTrue();
            }
            acknowledged.forEach((version, description) ->
                    assertThat(all.get(all.size() - version).description()).isEqualTo(description));
        }
    }

    @Test
    void refusesALedgerThatAnotherProcessHoldsAndNamesTheProcess() throws Exception {
        Process holder = start(1, "holder");
        try (BufferedReader lines = holder.inputReader()) {
            assertThat(lines.readLine()).isNotNull();

            assertThatThrownBy(() -> FileReleaseLedger.open(directory))
                    .isInstanceOf(LedgerInUseException.class)
                    .hasMessageContaining("process " + holder.pid());
        } finally {
            holder.destroyForcibly();
            assertThat(holder.waitFor(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
        }
        FileReleaseLedger.open(directory).close();
    }
}
