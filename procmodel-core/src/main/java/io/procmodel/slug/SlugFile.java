package io.procmodel.slug;

/**
 * A file, directory or symbolic link in a slug. Two are equal if the slugs hold the same thing at the same path.
 *
 * @param path the names from the root of the app to here, with {@code /} between them
 * @param type what it is
 * @param executable whether a file may be run; false for the others
 * @param size the bytes of a file; 0 for the others
 * @param content the SHA-256 of a file in hexadecimal digits, the target of a link; empty for a directory
 */
public record SlugFile(String path, Type type, boolean executable, long size, String content) {
    /** What a slug is made of. */
    public enum Type {
        /** A file with content. */
        FILE,
        /** A directory, empty or not. */
        DIRECTORY,
        /** A symbolic link that stays inside the slug. */
        LINK
    }
}
