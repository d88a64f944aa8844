package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.procfile.ProcessType;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoRuntimeContract;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugPacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LocalRuntimeIT extends DynoRuntimeContract {
    @TempDir
    Path directory;

    private FileSlugStore slugs;

    @Override
    protected DynoRuntime open() {
        slugs = FileSlugStore.at(directory.resolve("slugs"));
        return configure(LocalRuntime.builder(directory.resolve("run"), slugs)).open();
    }

    /** How this machine does best; a subclass chooses otherwise. */
    LocalRuntimeBuilder configure(LocalRuntimeBuilder builder) {
        return builder;
    }

    @Override
    protected SlugDigest slug() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.writeString(tree.resolve("mark"), "x");
        return SlugPacker.into(slugs)
                .pack(tree, List.of(new ProcessType("worker", "true")))
                .digest();
    }

    @Override
    protected void checkClosed() {
        assertThat(directory.resolve("run")).doesNotExist();
        open().close();
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void promisesEverythingOnLinux() {
        try (DynoRuntime runtime = configure(LocalRuntime.builder(directory.resolve("other"), slugs))
                .open()) {
            assertThat(runtime.capabilities())
                    .contains(Capability.PROCESS_GROUP, Capability.HOST_DEATH_WATCHDOG, Capability.COMPLETE_OUTPUT);
        }
    }
}
