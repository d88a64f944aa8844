package io.procmodel.pty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** Somebody at a terminal in which a shell script runs: types, and reads what is shown. */
final class TypedSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PtyProcess process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Thread reader = new Thread(this::read, "typed-session");

    TypedSession(Map<String, String> environment, String script, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 4];
        System.arraycopy(new String[] {"/bin/sh", "-c", script, "session"}, 0, command, 0, 4);
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        process = new PtyProcessBuilder(command)
                .setEnvironment(environment)
                .setInitialColumns(101)
                .setInitialRows(37)
                .start();
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try (InputStream screen = process.getInputStream()) {
            for (int count = screen.read(buffer); count >= 0; count = screen.read(buffer)) {
                shown.write(buffer, 0, count);
            }
        } catch (IOException e) {
            shown.writeBytes(("the terminal is gone: " + e).getBytes(US_ASCII));
        }
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(US_ASCII));
        process.getOutputStream().flush();
    }

    void resize(int columns, int rows) {
        process.setWinSize(new WinSize(columns, rows));
    }

    String shown() {
        return shown.toString(US_ASCII);
    }

    void awaitShown(String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown()).contains(text));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive() && !reader.isAlive());
    }
}
