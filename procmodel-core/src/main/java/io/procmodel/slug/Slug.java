package io.procmodel.slug;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.procmodel.procfile.ProcessType;
import java.util.List;
import java.util.Objects;

/**
 * A built app, ready to be released: the name of its archive in a {@link SlugStore} and the process types that it declares
 * (Heroku: PROC-19, BLD-30). A value; the bytes are in the store.
 *
 * @param digest the identity of the archive
 * @param archiveBytes the size of the compressed archive, in bytes
 * @param unpackedBytes the sum of the sizes of its files, in bytes
 * @param processTypes what the app can run, in the order of its Procfile
 */
public record Slug(SlugDigest digest, long archiveBytes, long unpackedBytes, List<ProcessType> processTypes) {
    /**
     * Copies the process types.
     *
     * @throws IllegalArgumentException if a size is negative
     */
    public Slug {
        Objects.requireNonNull(digest, "digest");
        Preconditions.checkArgument(archiveBytes >= 0, "archiveBytes: %s (expected: >= 0)", archiveBytes);
        Preconditions.checkArgument(unpackedBytes >= 0, "unpackedBytes: %s (expected: >= 0)", unpackedBytes);
        processTypes = ImmutableList.copyOf(processTypes);
    }
}
