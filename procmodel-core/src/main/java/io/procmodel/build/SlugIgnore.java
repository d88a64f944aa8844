package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileName;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * What an app's {@code .slugignore} keeps out of the slug (Heroku: BLD-10 to BLD-12). One glob per line; blank lines and
 * what follows a {@code #} at the start of a line or after a blank are skipped. A glob with a slash counts from the root,
 * one without matches at any depth, one that ends in a slash matches directories only; a directory goes whole.
 */
final class SlugIgnore {
    static final String FILE_NAME = ".slugignore";

    private static final String REPOSITORY = ".git";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ImmutableList<IgnoreRule> rules;

    private SlugIgnore(ImmutableList<IgnoreRule> rules) {
        this.rules = rules;
    }

    /**
     * Reads the file at the root of an app, if there is one.
     *
     * @throws SlugIgnoreException if a line is not a glob
     */
    static SlugIgnore read(Path root) {
        Path file = root.resolve(FILE_NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new SlugIgnore(ImmutableList.of());
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    static SlugIgnore parse(String text) {
        ImmutableList.Builder<IgnoreRule> rules = ImmutableList.builder();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String glob = withoutComment(i == 0 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
            if (!glob.isBlank()) {
                rules.add(IgnoreRule.parse(glob, i + 1));
            }
        }
        return new SlugIgnore(rules.build());
    }

    private static String withoutComment(String line) {
        for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
            if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /** Whether {@code path}, relative to the root, belongs to a repository of git, which no slug needs. */
    static boolean isRepository(String path) {
        return path.equals(REPOSITORY) || path.endsWith("/" + REPOSITORY);
    }

    /** Whether a rule names the file or directory; what is below such a directory need not be asked for. */
    boolean leavesOut(String path, boolean directory) {
        return rules.stream().anyMatch(rule -> rule.matches(path, directory));
    }

    /** Deletes below {@code root} what no slug needs and what the rules name, and says so. */
    void applyTo(Path root, BuildOutput output) {
        try {
            report(delete(root, ""), output);
        } catch (IOException e) {
            throw new StorageException("apply " + FILE_NAME + " to", root, e);
        }
    }

    private long delete(Path directory, String prefix) throws IOException {
        long deleted = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String path = prefix + FileName.shown(file);
                boolean isDirectory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                if (isRepository(path)) {
                    FileTree.delete(file);
                } else if (leavesOut(path, isDirectory)) {
                    FileTree.delete(file);
                    deleted++;
                } else if (isDirectory) {
                    deleted += delete(file, path + "/");
                }
            }
        }
        return deleted;
    }

    /** Tells how much the rules kept out, unless that is nothing. */
    void report(long leftOut, BuildOutput output) {
        if (leftOut > 0) {
            output.step("Deleting " + leftOut + " files matching " + FILE_NAME + " patterns.");
        }
    }
}
