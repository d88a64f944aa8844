package io.procmodel.runtime.local;

import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugExpander;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slugs expanded once, for all dynos that run on them. An entry is never changed after it is there; the expander makes it
 * appear whole or not at all. Of those that no dyno uses the few used last are kept. Thread-safe: dynos of one slug that
 * start together wait for one expansion.
 */
final class SlugCache {
    static final int KEPT_UNUSED = 3;
    private static final Logger LOG = LoggerFactory.getLogger(SlugCache.class);

    private final Path directory;
    private final SlugExpander expander;
    private final Map<SlugDigest, Entry> entries = new LinkedHashMap<>();
    private long removed;

    /** Expanded under its own lock; counted under the cache's. */
    private static final class Entry {
        private @Nullable SlugTree tree;
        private int users;
    }

    SlugCache(Path directory, SlugExpander expander) {
        this.directory = directory;
        this.expander = expander;
    }

    /** The tree of a slug, expanded and verified (R17) if it is not there. It stays until it is released. */
    SlugTree use(SlugDigest digest) {
        Entry entry = enter(digest);
        try {
            synchronized (entry) {
                if (entry.tree == null) {
                    entry.tree = expand(digest);
                }
                return entry.tree;
            }
        } catch (RuntimeException e) {
            release(digest);
            throw e;
        }
    }

    private SlugTree expand(SlugDigest digest) {
        Path path = directory.resolve(digest.hex());
        expander.expand(digest, path);
        try {
            return SlugTree.at(digest, path);
        } catch (IOException e) {
            throw new StorageException("read", path, e);
        }
    }

    /** The entry moves to the end of the order: used last. */
    private synchronized Entry enter(SlugDigest digest) {
        Entry known = entries.remove(digest);
        Entry entry = known == null ? new Entry() : known;
        entry.users++;
        entries.put(digest, entry);
        return entry;
    }

    /** Says that one dyno does not need the tree any more. */
    void release(SlugDigest digest) {
        for (Path tree : forget(digest)) {
            try {
                FileTree.delete(tree);
            } catch (IOException e) {
                LOG.warn("cannot remove {}", tree, e);
            }
        }
    }

    private synchronized List<Path> forget(SlugDigest digest) {
        Entry entry = entries.get(digest);
        if (entry != null) {
            entry.users--;
        }
        long surplus = entries.values().stream().filter(each -> each.users == 0).count() - KEPT_UNUSED;
        List<Path> victims = new ArrayList<>();
        Iterator<Map.Entry<SlugDigest, Entry>> oldestFirst = entries.entrySet().iterator();
        while (oldestFirst.hasNext() && victims.size() < surplus) {
            Map.Entry<SlugDigest, Entry> candidate = oldestFirst.next();
            if (candidate.getValue().users == 0) {
                oldestFirst.remove();
                victims.add(putAside(directory.resolve(candidate.getKey().hex())));
            }
        }
        return victims;
    }

    /** Under the lock, so that whoever needs the slug again right now expands it anew. */
    private Path putAside(Path tree) {
        Path aside = directory.resolve("removed-" + ++removed);
        try {
            if (Files.exists(tree)) {
                Files.move(tree, aside);
            }
            return aside;
        } catch (IOException e) {
            LOG.warn("cannot put {} aside", tree, e);
            return tree;
        }
    }
}
