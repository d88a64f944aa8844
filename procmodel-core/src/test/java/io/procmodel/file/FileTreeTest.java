package io.procmodel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class FileTreeTest {
    /** Longer than any path together with {@link #LONG_NAME}, and deeper than a small stack. */
    private static final int DEEP = 3_000;

    private static final String LONG_NAME = "d".repeat(200);
    private static final int SMALL_STACK = 128 * 1024;

    @TempDir
    Path directory;

    /** What a program makes with mkdir and cd, over and over: built from its bottom up, as no path reaches that far. */
    private Path deepTree(String name) throws IOException {
        Path tree = Files.createDirectory(directory.resolve("bottom"));
        Files.writeString(tree.resolve("file"), "x");
        for (int depth = 0; depth < DEEP; depth += 10) {
            Path top = Files.createDirectory(directory.resolve("top-" + depth));
            Path low = top;
            for (int i = 1; i < 10; i++) {
                low = low.resolve(name);
            }
            Files.createDirectories(low);
            Files.move(tree, low.resolve(name));
            tree = top;
        }
        return tree;
    }

    @Test
    void deletesWhatIsDeeperThanAPathCanName() throws IOException {
        Path tree = deepTree(LONG_NAME);
        FileTree.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void deletesADeepTreeOnASmallStack() throws Exception {
        Path tree = deepTree("d");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread deleting = new Thread(null, () -> deleteInto(tree, failure), "deleting", SMALL_STACK);
        deleting.start();
        deleting.join();
        assertThat(failure).hasValue(null);
        assertThat(tree).doesNotExist();
    }

    private static void deleteInto(Path tree, AtomicReference<Throwable> failure) {
        try {
            FileTree.delete(tree);
        } catch (IOException | Error e) {
            failure.set(e);
        }
    }

    @Test
    void opensUpWhatIsClosedAndDoesNotFollowLinks() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "x");
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("link"), outside);
        for (String mode : new String[] {"---------", "-wx------", "r-x------"}) {
            Path closed = Files.createDirectory(tree.resolve("closed" + mode));
            Files.writeString(closed.resolve("file"), "x");
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
        }
        FileTree.delete(tree);
        FileTree.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void deletesASingleFileAndALinkToADirectory() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        FileTree.delete(Files.createSymbolicLink(directory.resolve("link"), outside));
        FileTree.delete(Files.writeString(directory.resolve("file"), "x"));
        assertThat(directory).isDirectoryContaining(outside::equals);
        assertThat(directory.resolve("link")).doesNotExist();
        assertThat(directory.resolve("file")).doesNotExist();
    }
}
