package io.procmodel.release;

import com.google.common.collect.ImmutableList;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a platform wants of the ledgers that it opens.
 *
 * @param clock dates releases
 * @param hostKeys encrypt config vars, the present key first and then earlier ones; none leaves them as they are
 * @param onTornTail told, while a ledger opens, that the end of its log was cut off; of ledgers in files
 */
public record LedgerOptions(InstantSource clock, List<HostKey> hostKeys, Consumer<TornTail> onTornTail) {
    /** Copies the keys. */
    public LedgerOptions {
        hostKeys = ImmutableList.copyOf(hostKeys);
    }

    /** Options for one who does not listen for torn ends of logs. */
    public LedgerOptions(InstantSource clock, List<HostKey> hostKeys) {
        this(clock, hostKeys, tail -> {});
    }

    /** The same with another listener for torn ends of logs. */
    public LedgerOptions onTornTail(Consumer<TornTail> listener) {
        return new LedgerOptions(clock, hostKeys, listener);
    }

    /** The system's clock and no encryption. */
    public static LedgerOptions standard() {
        return new LedgerOptions(InstantSource.system(), List.of());
    }
}
