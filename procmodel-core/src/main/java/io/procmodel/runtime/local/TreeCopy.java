package io.procmodel.runtime.local;

import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Copies directory trees: by sharing blocks where the file system can do that, else byte by byte. Immutable. */
final class TreeCopy {
    private static final long SECONDS = 600;
    private final Optional<String> cp;

    private TreeCopy(Optional<String> cp) {
        this.cp = cp;
    }

    /** Tries whether the file system of a directory shares blocks. */
    static TreeCopy probe(HostTools tools, Path directory) throws IOException {
        Path original = Files.writeString(directory.resolve("reflink"), "x");
        Path clone = directory.resolve("reflink-clone");
        try {
            return new TreeCopy(tools.find("cp")
                    .filter(cp ->
                            Command.of(cp, "--reflink=always", original, clone).succeeds()));
        } finally {
            Files.deleteIfExists(original);
            Files.deleteIfExists(clone);
        }
    }

    boolean sharesBlocks() {
        return cp.isPresent();
    }

    /** Copies {@code from} and everything below it to {@code to}, which does not exist. */
    void copy(Path from, Path to) throws IOException {
        if (cp.isEmpty()) {
            FileTree.copy(from, to);
        } else if (!new Command(List.of(cp.get(), "-a", "--reflink=always", from.toString(), to.toString()), SECONDS)
                .succeeds()) {
            throw new IOException("cp cannot copy " + from + " to " + to);
        }
    }
}
