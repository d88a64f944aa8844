package io.procmodel.export;

/**
 * One file of an export.
 *
 * @param path where it belongs, relative to the directory of the export, with {@code /}
 * @param content the text
 * @param kind who may read and run it
 */
public record ExportedFile(String path, String content, Kind kind) {
    /** Who may read and run a file. */
    public enum Kind {
        /** Everybody may read it: mode 0644. */
        PLAIN("rw-r--r--"),
        /** Everybody may run it: mode 0755. */
        PROGRAM("rwxr-xr-x"),
        /** It holds secrets: mode 0600. */
        SECRET("rw-------");

        private final String permissions;

        Kind(String permissions) {
            this.permissions = permissions;
        }

        String permissions() {
            return permissions;
        }
    }

    /** Its path: the content may be a secret. */
    @Override
    public String toString() {
        return path;
    }
}
