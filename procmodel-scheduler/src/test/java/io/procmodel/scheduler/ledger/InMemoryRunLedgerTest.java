package io.procmodel.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryRunLedgerTest extends RunLedgerContract {
    private InMemoryRunLedger ledger;
    private History kept;

    /** It is gone with its JVM, so opening it again is looking at the same object. */
    @Override
    protected RunLedger open(History history) {
        if (ledger == null || !history.equals(kept)) {
            ledger = new InMemoryRunLedger(() -> NOON, history);
            kept = history;
        }
        return ledger;
    }

    @Override
    protected String goneHost() {
        return "silent";
    }

    @Test
    void aHistoryHasBounds() {
        assertThatThrownBy(() -> new History(0, Duration.ofDays(1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("history runs: \"0\" (expected: at least 1)");
        assertThatThrownBy(() -> new History(1, Duration.ofDays(-1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("history age: \"PT-24H\"");
    }
}
