package io.procmodel.runtime.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A short command of the host, of which only its success matters.
 *
 * @param line its argument vector
 * @param seconds how long it may take
 */
record Command(List<String> line, long seconds) {
    static final long USUAL_SECONDS = 30;

    static Command of(Object... line) {
        return new Command(Arrays.stream(line).map(Object::toString).toList(), USUAL_SECONDS);
    }

    /** Runs it; false if it fails, does not exist, or takes too long. */
    boolean succeeds() {
        return succeedsIn(Path.of("/"));
    }

    /** Runs it in a directory. */
    boolean succeedsIn(Path directory) {
        try {
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
