package io.procmodel.slug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gives the new files of one tree their modes whatever the umask is. Files are created with their mode, and it is set once
 * more only where the first of them shows that the umask took something from it.
 */
final class NewFileModes {
    private static final FileAttribute<?>[] NONE = {};

    private final boolean posix;
    private final Map<Set<PosixFilePermission>, Boolean> kept = new HashMap<>();

    private NewFileModes(boolean posix) {
        this.posix = posix;
    }

    /** The modes of what will be created below {@code root}. */
    static NewFileModes in(Path root) {
        return new NewFileModes(
                root.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    /** What to create a file of this mode with. */
    FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : NONE;
    }

    /** Makes sure that a file which was created with {@link #attributes} has the mode. */
    void settle(Path file, Set<PosixFilePermission> mode) throws IOException {
        if (!posix) {
            return;
        }
        Boolean known = kept.get(mode);
        if (known == null) {
            known = Files.getPosixFilePermissions(file).equals(mode);
            kept.put(mode, known);
        }
        if (!known) {
            set(file, mode);
        }
    }

    /** Sets the mode of a file that came about in another way. */
    void set(Path file, Set<PosixFilePermission> mode) throws IOException {
        if (posix) {
            Files.setPosixFilePermissions(file, mode);
        }
    }
}
