package io.procmodel.slug;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/**
 * The archive in the store is not the slug that it is named after, so it must not be run (Heroku: DYN-16, error R17).
 * Nothing of it was left in the target directory; store the slug again.
 */
public final class SlugChecksumException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String actual;

    /**
     * Creates the error from the two digests.
     *
     * @param expected the identity of the slug
     * @param actual the digest of what could be read of the archive
     * @param cause what was wrong with the archive when it could not even be read to its end, or null
     */
    public SlugChecksumException(SlugDigest expected, SlugDigest actual, @Nullable Throwable cause) {
        super("slug checksum: SHA256:" + actual.hex() + " (expected: SHA256:" + expected.hex() + ")", cause);
        this.expected = expected.hex();
        this.actual = actual.hex();
    }

    /** The identity of the slug. */
    public SlugDigest expected() {
        return new SlugDigest(expected);
    }

    /** The digest of what is in the archive, as far as it can be read. */
    public SlugDigest actual() {
        return new SlugDigest(actual);
    }
}
