package io.procmodel.runtime;

import io.procmodel.slug.SlugDigest;
import java.nio.file.Path;

/** The files that a dyno runs on. */
public sealed interface DynoFiles {
    /**
     * A fresh copy of a slug that no other dyno sees and that is gone with the dyno (Heroku: DYN-43).
     *
     * @param digest the slug
     */
    record FreshCopy(SlugDigest digest) implements DynoFiles {}

    /**
     * A directory of the host as it is, as in local development. What the dyno writes there stays.
     *
     * @param directory the directory
     */
    record InPlace(Path directory) implements DynoFiles {}
}
