package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Joiner;
import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The layout of the directory that a runtime works in. Nothing in it is missed after a crash.
 *
 * <pre>
 * cookie     the mark of the processes of this runtime's dynos
 * groups     where this runtime's control groups are
 * pids/      one file per running dyno
 * slugs/     expanded slugs
 * dynos/     the files of dynos
 * output/    named pipes
 * </pre>
 *
 * @param root the directory
 */
record RunDirectory(Path root) {
    private static final int TOKEN_LENGTH = 36;

    Path pids() {
        return root.resolve("pids");
    }

    Path slugs() {
        return root.resolve("slugs");
    }

    Path dynos() {
        return root.resolve("dynos");
    }

    Path output() {
        return root.resolve("output");
    }

    private Path cookie() {
        return root.resolve("cookie");
    }

    /** Empties the directory, and writes down the cookie before any process can carry it. */
    void prepare(Cookie cookie) throws IOException {
        delete();
        for (Path part : new Path[] {pids(), slugs(), dynos(), output()}) {
            DurableFiles.createPrivateDirectory(part);
        }
        DurableFiles.replace(cookie(), cookie.token().getBytes(US_ASCII));
    }

    /** The cookie of the runtime that was here before; empty if there was none, or a crash left half of it. */
    Optional<Cookie> readCookie() throws IOException {
        if (!Files.isRegularFile(cookie()) || Files.size(cookie()) != TOKEN_LENGTH) {
            return Optional.empty();
        }
        return Optional.of(new Cookie(new String(Files.readAllBytes(cookie()), US_ASCII)));
    }

    private Path groups() {
        return root.resolve("groups");
    }

    void writeGroups(List<Path> directories) throws IOException {
        if (!directories.isEmpty()) {
            DurableFiles.replace(
                    groups(), Joiner.on('\n').join(directories).concat("\n").getBytes(UTF_8));
        }
    }

    /** The control groups of the runtime that was here before, by the name that its cookie gives them. */
    List<Path> readGroups(Cookie cookie) throws IOException {
        if (!Files.isRegularFile(groups())) {
            return List.of();
        }
        return Files.readAllLines(groups()).stream()
                .map(Path::of)
                .filter(group -> group.endsWith(cookie.groupName()))
                .toList();
    }

    void delete() throws IOException {
        FileTree.delete(root);
    }
}
