package io.procmodel.logplex.drain;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names batches: 32 hexadecimal digits, so that a peer can tell a retry from a new batch (Heroku: LOG-31). */
public final class BatchIds {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final RandomGenerator random;

    /** Creates a source of names. */
    public BatchIds(RandomGenerator random) {
        this.random = random;
    }

    /** Another name. */
    String next() {
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
