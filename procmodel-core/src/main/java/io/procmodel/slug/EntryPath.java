package io.procmodel.slug;

import com.google.common.base.Splitter;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of archive entries, as paths inside the directory that the archive is unpacked into. */
final class EntryPath {
    /** What is expected of a name. */
    static final String INSIDE = "a relative path inside the archive";

    private static final Splitter NAMES = Splitter.on('/');
    private static final int LONGEST_NAME = 255;

    /** What a system call takes; it would refuse a longer one, and so deep a tree is no source. */
    private static final int LONGEST_PATH = 4095;

    private EntryPath() {}

    /** The path of the directory that holds {@code path}; empty for the root. */
    static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * The path that a name stands for, without empty names and dots; empty for the root.
     *
     * @throws ArchiveException if it is not certainly inside
     */
    static String of(String name) {
        if (name.startsWith("/")) {
            throw ArchiveException.refused(name, "is absolute", INSIDE);
        }
        requireShort(name, name);
        List<String> names = new ArrayList<>();
        for (String part : NAMES.split(name)) {
            if (!part.isEmpty() && !part.equals(".")) {
                names.add(checked(part, name));
            }
        }
        return String.join("/", names);
    }

    /** Refuses the entry {@code name} because of a path that no system call takes, its own or that of its target. */
    static void requireShort(String path, String name) {
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw ArchiveException.refused(name, "has a path of more than 4095 bytes", "paths of up to 4095 bytes");
        }
    }

    private static String checked(String part, String name) {
        if (part.equals("..")) {
            throw ArchiveException.refused(name, "climbs up with ..", INSIDE);
        }
        boolean special =
                File.separatorChar != '/' && (part.indexOf(File.separatorChar) >= 0 || part.indexOf(':') >= 0);
        if (special || part.indexOf('\uFFFD') >= 0 || part.indexOf('\0') >= 0) {
            throw ArchiveException.refused(name, "holds a character that is no part of a file name", "names in UTF-8");
        }
        if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw ArchiveException.refused(name, "has a name of more than 255 bytes", "names of up to 255 bytes");
        }
        return part;
    }
}
