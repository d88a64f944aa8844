package io.procmodel.slug;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The content of the current entry of a tar; failures to read it are told apart from failures to write it. */
final class EntryContent {
    private final InputStream tar;
    private final long size;

    EntryContent(InputStream tar, long size) {
        this.tar = tar;
        this.size = size;
    }

    /**
     * Copies all of it.
     *
     * @throws ArchiveException if it cannot be read, or is shorter than the archive says
     * @throws IOException if it cannot be written
     */
    void copyTo(OutputStream file) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(size, 1 << 16))];
        long left = size;
        for (int read = read(buffer); read > 0; read = read(buffer)) {
            file.write(buffer, 0, read);
            left -= read;
        }
        if (left != 0) {
            throw ArchiveException.damaged(new IOException("a file ends " + left + " bytes early"));
        }
    }

    private int read(byte[] buffer) {
        try {
            return tar.read(buffer);
        } catch (IOException e) {
            throw ArchiveException.damaged(e);
        }
    }
}
