package io.procmodel.runtime.local;

import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugExpander;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Slugs expanded once, to be copied for each dyno. An entry is never changed after it is there; the expander makes it
 * appear whole or not at all. Thread-safe: dynos of one slug that start together wait for one expansion.
 */
final class SlugCache {
    private final Path directory;
    private final SlugExpander expander;
    private final ConcurrentMap<SlugDigest, Object> locks = new ConcurrentHashMap<>();

    SlugCache(Path directory, SlugExpander expander) {
        this.directory = directory;
        this.expander = expander;
    }

    /** The tree of a slug, expanded and verified (R17) if this is the first call for it. */
    Path tree(SlugDigest digest) {
        Path tree = directory.resolve(digest.hex());
        synchronized (locks.computeIfAbsent(digest, ignored -> new Object())) {
            if (!Files.isDirectory(tree)) {
                expander.expand(digest, tree);
            }
        }
        return tree;
    }
}
