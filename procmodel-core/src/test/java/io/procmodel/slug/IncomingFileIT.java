package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A writer of slugs beside another JVM that opens the store again and again. */
@DisabledOnOs(OS.WINDOWS)
class IncomingFileIT {
    private static final int FILES = 5_000;

    @TempDir
    Path directory;

    /** Removes leftovers until its input ends, and says a line when it has begun. */
    static final class Sweeper {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            IncomingFile.removeLeftovers(directory);
            System.out.println("sweeping");
            while (System.in.available() == 0) {
                IncomingFile.removeLeftovers(directory);
            }
        }
    }

    @Test
    void isKeptWhileOthersRemoveLeftovers() throws Exception {
        Process sweeper = ChildJvm.start(Sweeper.class, Map.of(), "022", directory.toString());
        try {
            assertThat(new BufferedReader(new InputStreamReader(sweeper.getInputStream(), UTF_8)).readLine())
                    .isEqualTo("sweeping");
            for (int i = 0; i < FILES; i++) {
                try (IncomingFile file = IncomingFile.create(directory)) {
                    assertThat(Files.exists(file.path())).isTrue();
                }
            }
            assertThat(sweeper.isAlive()).isTrue();
        } finally {
            sweeper.destroyForcibly();
        }
    }
}
