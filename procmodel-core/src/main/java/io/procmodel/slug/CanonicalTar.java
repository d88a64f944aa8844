package io.procmodel.slug;

import io.procmodel.slug.TreeEntry.Directory;
import io.procmodel.slug.TreeEntry.RegularFile;
import io.procmodel.slug.TreeEntry.SymbolicLink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes the one tar that stands for a tree: no times, no owners, modes 755 and 644 only, names in UTF-8, and POSIX
 * extended headers for what does not fit. Its bytes are the identity of every slug that was ever stored, so they must never
 * change; a test holds their digest.
 */
final class CanonicalTar implements Closeable {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;
    private static final int LINK = 0777;

    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[1 << 16];

    CanonicalTar(OutputStream out) {
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /**
     * Appends one entry; the caller keeps the order.
     *
     * @throws SlugEntryException if a file cannot be read, or does not have the size that it had when it was scanned
     * @throws IOException if the archive cannot be written
     */
    void add(TreeEntry entry) throws IOException {
        if (entry instanceof Directory directory) {
            put(header(directory.path() + "/", TarConstants.LF_DIR, EXECUTABLE));
        } else if (entry instanceof SymbolicLink link) {
            TarArchiveEntry header = header(link.path(), TarConstants.LF_SYMLINK, LINK);
            header.setLinkName(link.target());
            put(header);
        } else if (entry instanceof RegularFile file) {
            addFile(file);
        }
    }

    private void put(TarArchiveEntry header) throws IOException {
        tar.putArchiveEntry(header);
        tar.closeArchiveEntry();
    }

    private void addFile(RegularFile file) throws IOException {
        TarArchiveEntry header = header(file.path(), TarConstants.LF_NORMAL, file.executable() ? EXECUTABLE : PLAIN);
        header.setSize(file.size());
        try (InputStream content = open(file)) {
            tar.putArchiveEntry(header);
            copy(file, content);
            tar.closeArchiveEntry();
        }
    }

    private static InputStream open(RegularFile file) {
        try {
            // It was a file when it was listed; what a link leads to by now is none of the tree's.
            return Files.newInputStream(file.file(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void copy(RegularFile file, InputStream content) throws IOException {
        long left = file.size();
        for (int read = read(file, content); read > 0; read = read(file, content)) {
            if (read > left) {
                throw SlugEntryException.changed(file.path());
            }
            tar.write(buffer, 0, read);
            left -= read;
        }
        if (left > 0) {
            throw SlugEntryException.changed(file.path());
        }
    }

    private int read(RegularFile file, InputStream content) {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SlugEntryException unreadable(RegularFile file, IOException cause) {
        return new SlugEntryException(
                file.path(), "cannot be read: " + cause, "a file that this process can read", cause);
    }

    private static TarArchiveEntry header(String path, byte type, int mode) {
        TarArchiveEntry header = new TarArchiveEntry(path, type, true);
        header.setMode(mode);
        header.setModTime(0L);
        header.setIds(0, 0);
        header.setNames("", "");
        return header;
    }

    /** Writes the end of the archive and closes the stream below. */
    @Override
    public void close() throws IOException {
        tar.close();
    }
}
