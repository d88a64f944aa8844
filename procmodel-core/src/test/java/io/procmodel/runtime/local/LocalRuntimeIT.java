package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import io.procmodel.procfile.ProcessType;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoObserver;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.DynoRuntimeContract;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.ObservedDyno;
import io.procmodel.runtime.RunningDyno;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugPacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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

    /** Want of a thread is an error, and may come when the process runs already. */
    @Test
    void aStartThatFailsAtLastLeavesNothing() throws IOException {
        ObservedDyno observed = new ObservedDyno();
        DynoObserver observer = new DynoObserver() {
            @Override
            public void started(RunningDyno dyno) {
                observed.started(dyno);
                throw new OutOfMemoryError("no thread, says the test");
            }

            @Override
            public void listening() {
                observed.listening();
            }

            @Override
            public void exited(Exit exit) {
                observed.exited(exit);
            }
        };
        DynoSpec spec = DynoSpec.of(
                        AppName.of("shop"), DynoName.parse("worker.1"), new DynoFiles.FreshCopy(slug()), "sleep 1000")
                .output(observed);
        try (DynoRuntime runtime = configure(LocalRuntime.builder(directory.resolve("failing"), slugs))
                .open()) {
            assertThatThrownBy(() -> runtime.start(spec, observer)).isInstanceOf(OutOfMemoryError.class);

            long pid = observed.dyno().pid().orElseThrow();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            assertThat(observed.isClosed()).isTrue();
            try (Stream<Path> left = Files.list(directory.resolve("failing/dynos"))) {
                assertThat(left).isEmpty();
            }
        }
        assertThat(directory.resolve("failing")).doesNotExist();
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
