package io.procmodel.slug;

import com.google.common.base.CharMatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the tar of a slug without unpacking it. */
final class ManifestReader {
    private ManifestReader() {}

    static List<SlugFile> read(InputStream tarStream) {
        TarArchiveInputStream tar = new TarArchiveInputStream(tarStream, StandardCharsets.UTF_8.name());
        List<SlugFile> files = new ArrayList<>();
        for (TarArchiveEntry entry = ArchiveExtractor.next(tar); entry != null; entry = ArchiveExtractor.next(tar)) {
            files.add(file(entry, tar));
        }
        return files;
    }

    private static SlugFile file(TarArchiveEntry entry, TarArchiveInputStream tar) {
        String path = CharMatcher.is('/').trimTrailingFrom(entry.getName());
        if (entry.isDirectory()) {
            return new SlugFile(path, SlugFile.Type.DIRECTORY, false, 0, "");
        }
        if (entry.isSymbolicLink()) {
            return new SlugFile(path, SlugFile.Type.LINK, false, 0, entry.getLinkName());
        }
        boolean executable = (entry.getMode() & 0100) != 0;
        return new SlugFile(path, SlugFile.Type.FILE, executable, entry.getSize(), digest(entry, tar));
    }

    private static String digest(TarArchiveEntry entry, TarArchiveInputStream tar) {
        Sha256 sha256 = new Sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256.messageDigest())) {
            new EntryContent(tar, entry.getSize()).copyTo(out);
        } catch (IOException e) {
            throw ArchiveException.damaged(e);
        }
        return sha256.digest().hex();
    }
}
