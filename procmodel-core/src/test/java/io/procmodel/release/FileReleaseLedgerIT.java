package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger in a process that is killed; {@code -Dprocmodel.kills=250} for the whole crash matrix. */
@Timeout(7200)
class FileReleaseLedgerIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 5);
    private static final int MOST_ACKNOWLEDGEMENTS = 200;

    @TempDir
    Path directory;

    private AppendingProcess start(int writers, String run) throws IOException {
        return AppendingProcess.start(LedgerAppender.class, directory.toString(), Integer.toString(writers), run);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void keepsEveryAcknowledgedReleaseOnceAndInOrderWhenItIsKilled(int writers) throws Exception {
        new KillMatrix(KILLS, MOST_ACKNOWLEDGEMENTS, new Random(writers))
                .run(kill -> start(writers, "run" + kill), this::check);
    }

    private void check(Map<Integer, String> acknowledged) {
        List<TornTail> tails = new ArrayList<>();
        try (FileReleaseLedger ledger =
                FileReleaseLedger.builder(directory).onTornTail(tails::add).open()) {
            assertThat(tails).allMatch(tail -> tail.lost() == 0);
            KillMatrix.checkLedger(ledger, acknowledged);
        }
    }

    @Test
    void refusesALedgerThatAnotherProcessHoldsAndNamesTheProcess() throws Exception {
        try (AppendingProcess holder = start(1, "holder").go()) {
            assertThat(holder.firstLine()).isNotNull();

            assertThatThrownBy(() -> FileReleaseLedger.open(directory))
                    .isInstanceOf(LedgerInUseException.class)
                    .hasMessageContaining("process " + holder.pid());
        }
        FileReleaseLedger.open(directory).close();
    }
}
