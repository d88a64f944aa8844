package io.procmodel.release;

import java.io.IOException;
import java.util.Optional;

/** Where the sealed data keys of a ledger are kept. */
interface KeyPlace {
    /** What is kept there, or empty. */
    Optional<String> load() throws IOException;

    /** Keeps something else, durably; false if what is kept is not {@code before} any more. */
    boolean replace(Optional<String> before, String after) throws IOException;
}
