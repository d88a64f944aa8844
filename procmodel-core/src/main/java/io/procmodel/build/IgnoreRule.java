package io.procmodel.build;

import com.google.common.base.CharMatcher;
import java.util.regex.Pattern;

/** One line of a {@code .slugignore}. */
final class IgnoreRule {
    private final Pattern pattern;
    private final boolean fromRoot;
    private final boolean directoriesOnly;

    private IgnoreRule(Pattern pattern, boolean fromRoot, boolean directoriesOnly) {
        this.pattern = pattern;
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
        return new IgnoreRule(pattern, glob.indexOf('/') >= 0, glob.endsWith("/"));
    }

    boolean matches(String path, boolean directory) {
        String matched = fromRoot ? path : path.substring(path.lastIndexOf('/') + 1);
        return (directory || !directoriesOnly) && pattern.matcher(matched).matches();
    }
}
