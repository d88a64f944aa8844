package io.procmodel.release;

import com.google.common.collect.ImmutableList;
import java.time.InstantSource;
import java.util.List;

/**
 * What a platform wants of the ledgers that it opens.
 *
 * @param clock dates releases
 * @param hostKeys encrypt config vars, the present key first and then earlier ones; none leaves them as they are
 */
public record LedgerOptions(InstantSource clock, List<HostKey> hostKeys) {
    /** Copies the keys. */
    public LedgerOptions {
        hostKeys = ImmutableList.copyOf(hostKeys);
    }

    /** The system's clock and no encryption. */
    public static LedgerOptions standard() {
        return new LedgerOptions(InstantSource.system(), List.of());
    }
}
