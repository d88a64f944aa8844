package io.procmodel.build;

import com.google.common.base.CharMatcher;
import java.util.regex.Pattern;

/** One line of a {@code .slugignore}. */
final class IgnoreRule {
    private static final int MOST_READS = 1_000_000;

    private final Pattern pattern;
    private final String line;
    private final int lineNumber;
    private final boolean fromRoot;
    private final boolean directoriesOnly;

    private IgnoreRule(Pattern pattern, String line, int lineNumber, boolean fromRoot, boolean directoriesOnly) {
        this.pattern = pattern;
        this.line = line;
        this.lineNumber = lineNumber;
        this.fromRoot = fromRoot;
        this.directoriesOnly = directoriesOnly;
    }

    /**
     * Reads a line that is not blank.
     *
     * @throws SlugIgnoreException if it is not a glob
     */
    static IgnoreRule parse(String line, int lineNumber) {
        int start = CharMatcher.whitespace().negate().indexIn(line);
        String glob = CharMatcher.whitespace().trimFrom(line);
        if (glob.startsWith("!")) {
            throw new SlugIgnoreException(lineNumber, start + 1, line, "negation with ! is not supported", "a glob");
        }
        String path = CharMatcher.is('/').trimFrom(glob);
        int column = line.indexOf(path, start) + 1;
        Pattern pattern = new Glob(path, lineNumber, column).compile();
        return new IgnoreRule(pattern, glob, lineNumber, glob.indexOf('/') >= 0, glob.endsWith("/"));
    }

    /**
     * Whether it names the file or directory.
     *
     * @throws SlugIgnoreException if that cannot be found out: a few stars have more ways to share a long name than there is
     *     time
     */
    boolean matches(String path, boolean directory) {
        String matched = fromRoot ? path : path.substring(path.lastIndexOf('/') + 1);
        return (directory || !directoriesOnly)
                && pattern.matcher(new Bounded(matched)).matches();
    }

    /** A text whose characters are given out a number of times only. */
    private final class Bounded implements CharSequence {
        private final String text;
        private int reads;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MOST_READS) {
                throw new SlugIgnoreException(
                        lineNumber, 1, line, "takes too long to match with " + text, "a glob with fewer stars");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
