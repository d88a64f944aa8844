package io.procmodel.slug;

import io.procmodel.error.ProcModelException;

/** The store does not have the slug: it was never stored there, or it has been deleted. Build or upload it again. */
public final class SlugNotFoundException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String digest;

    /** Creates the error for one slug. */
    public SlugNotFoundException(SlugDigest digest) {
        super("slug: " + digest + " (expected: a slug that is in the store)");
        this.digest = digest.toString();
    }

    /** The slug that was asked for. */
    public SlugDigest digest() {
        return SlugDigest.parse(digest);
    }
}
