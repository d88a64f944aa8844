package io.procmodel.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path directory;

    @Test
    void replacesTheContentAndLeavesNoTemporaryFile() throws IOException {
        Path file = directory.resolve("state.json");
        DurableFiles.replace(file, "old".getBytes(UTF_8));
        DurableFiles.replace(file, "new".getBytes(UTF_8));

        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void keepsTheOldContentAndNoTemporaryFileWhenTheTargetCannotBeReplaced() throws IOException {
        Path target = Files.createDirectories(directory.resolve("busy").resolve("child"));

        assertThatThrownBy(() -> DurableFiles.replace(target.getParent(), new byte[1]))
                .isInstanceOf(IOException.class);
        assertThat(target).isDirectory();
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void createsPrivateFilesAndDirectories() throws IOException {
        Path nested = directory.resolve("a/b");
        DurableFiles.createPrivateDirectory(nested);
        DurableFiles.replace(nested.resolve("f"), new byte[0]);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nested)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nested.resolve("f"))))
                .isEqualTo("rw-------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void deletesATreeWithoutFollowingLinksAndDespiteClosedDirectories() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "kept");
        Path tree = Files.createDirectories(directory.resolve("tree/closed"));
        Files.writeString(tree.resolve("inner"), "gone");
        Files.createSymbolicLink(tree.resolveSibling("link"), outside);
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("---------"));

        FileTree.delete(tree.getParent());

        assertThat(tree.getParent()).doesNotExist();
        assertThat(outside).hasContent("kept");
        FileTree.delete(tree.getParent());
    }
}
