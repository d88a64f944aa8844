package io.procmodel.runtime.local;

import io.procmodel.slug.SlugDigest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * An expanded slug, which is only read.
 *
 * @param digest the slug
 * @param path where it is
 * @param large whether copying it costs more than mounting it
 */
record SlugTree(SlugDigest digest, Path path, boolean large) {
    /** About where a copy takes as long as the two programs that make a mount. */
    private static final int MANY_ENTRIES = 50;

    private static final long MANY_BYTES = 4L << 20;

    static SlugTree at(SlugDigest digest, Path path) throws IOException {
        Scale scale = new Scale();
        Files.walkFileTree(path, scale);
        return new SlugTree(digest, path, scale.isLarge());
    }

    private static final class Scale extends SimpleFileVisitor<Path> {
        private int entries;
        private long bytes;

        boolean isLarge() {
            return entries > MANY_ENTRIES || bytes > MANY_BYTES;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            entries++;
            bytes += attributes.size();
            return isLarge() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
