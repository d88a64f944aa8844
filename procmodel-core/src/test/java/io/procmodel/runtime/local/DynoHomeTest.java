package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.policy.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynoHomeTest {
    private static final int ROUNDS = 200;

    @TempDir
    Path directory;

    /** A dyno may end by itself at the very moment when it is asked to. */
    @Test
    void whatIsSaidToADynoThatGoesKeepsNoneOfItsFiles() throws Exception {
        ExecutorService asking = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Path root = directory.resolve("dyno-" + round);
                DynoHome home = DynoHome.inPlace(root, directory);
                AtomicBoolean over = new AtomicBoolean();
                Future<?> asked = asking.submit(() -> {
                    while (!over.get()) {
                        home.announce(StopSignal.TERM);
                    }
                });
                home.delete();
                over.set(true);
                asked.get();
                assertThat(root).doesNotExist();
            }
        } finally {
            asking.shutdownNow();
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aBoxThatIsBeingBuiltIsToldTheSignal() throws Exception {
        DynoHome home = DynoHome.inPlace(directory.resolve("dyno"), directory);
        home.announce(StopSignal.INT);
        assertThat(home.control().resolve(DynoHome.STOP)).hasContent("INT\n");
        home.delete();
        home.announce(StopSignal.INT);
        assertThat(directory.resolve("dyno")).doesNotExist();
    }

    @Test
    void whatRunsAmongTheHostsFilesHasNoneOfItsOwn() throws Exception {
        DynoHome home = DynoHome.bare(directory.resolve("dyno"), directory);
        assertThat(home.app()).isEqualTo(directory);
        assertThat(home.isCopy()).isFalse();
        assertThat(directory).isEmptyDirectory();
        home.delete();
        assertThat(directory).isEmptyDirectory();
    }
}
