package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Makes archives that no well-meaning tool would make. */
final class TarBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    TarBytes() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    TarBytes file(String name) {
        return file(name, "x".getBytes(UTF_8));
    }

    TarBytes file(String name, byte[] content) {
        return entry(name, TarConstants.LF_NORMAL, "", content);
    }

    TarBytes directory(String name) {
        return entry(name, TarConstants.LF_DIR, "", new byte[0]);
    }

    TarBytes symbolicLink(String name, String target) {
        return entry(name, TarConstants.LF_SYMLINK, target, new byte[0]);
    }

    TarBytes hardLink(String name, String target) {
        return entry(name, TarConstants.LF_LINK, target, new byte[0]);
    }

    TarBytes ofType(char type, String name) {
        return entry(name, (byte) type, "", new byte[0]);
    }

    /** An entry that is a header of the next one, such as the long names of GNU and the extended headers of POSIX. */
    TarBytes header(char type, byte[] content) {
        return entry("header", (byte) type, "", content);
    }

    private TarBytes entry(String name, byte type, String target, byte[] content) {
        try {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setLinkName(target);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The archive with other bytes at an offset of the first header, whose checksum is right again. */
    byte[] patched(int offset, byte... patch) {
        byte[] archive = bytes();
        System.arraycopy(patch, 0, archive, offset, patch.length);
        Arrays.fill(archive, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += archive[i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(UTF_8), 0, archive, 148, 8);
        return archive;
    }

    byte[] cutTo(int length) {
        return Arrays.copyOf(bytes(), length);
    }

    static byte[] gzip(byte[] archive) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
