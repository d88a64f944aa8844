package io.procmodel.slug;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.Comparator;
import java.util.List;

/**
 * The compressed archive is over the limit (Heroku: BLD-6). Nothing was stored; remove what the app does not need at run
 * time, for which the error names the largest files, or name it in {@code .slugignore}.
 */
public final class SlugTooLargeException extends ProcModelException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED_FILES = 10;

    private final long archiveBytes;
    private final long limitBytes;
    private final ImmutableList<String> largestFiles;

    private SlugTooLargeException(long archiveBytes, long limitBytes, ImmutableList<String> largestFiles) {
        super("slug size: " + archiveBytes + " bytes (expected: <= " + limitBytes + " bytes); its largest files are "
                + String.join(", ", largestFiles));
        this.archiveBytes = archiveBytes;
        this.limitBytes = limitBytes;
        this.largestFiles = largestFiles;
    }

    static SlugTooLargeException of(long archiveBytes, long limitBytes, List<TreeEntry> entries) {
        return new SlugTooLargeException(
                archiveBytes,
                limitBytes,
                entries.stream()
                        .sorted(Comparator.comparingLong(TreeEntry::size).reversed())
                        .limit(NAMED_FILES)
                        .map(entry -> Printable.text(entry.path()) + " (" + entry.size() + ")")
                        .collect(ImmutableList.toImmutableList()));
    }

    /** The size of the compressed archive, in bytes. */
    public long archiveBytes() {
        return archiveBytes;
    }

    /** The limit that it is over, in bytes. */
    public long limitBytes() {
        return limitBytes;
    }

    /** The ten largest files, the largest first, each with its size in bytes in parentheses. */
    public List<String> largestFiles() {
        return largestFiles;
    }
}
