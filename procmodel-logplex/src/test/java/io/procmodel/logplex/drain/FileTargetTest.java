package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.ring.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C43")
class FileTargetTest {
    private static final String HEAD = "2026-01-02T03:04:05.678901+00:00 app[web.1]: ";
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    @TempDir
    private Path directory;

    private Path file = Path.of("unset");
    private FileTarget target = newTarget(Turnover.NEVER);
    private long nanos;

    @BeforeEach
    void setUp() {
        file = directory.resolve("logs").resolve("shop.log");
        target = newTarget(Turnover.NEVER);
    }

    @AfterEach
    void tearDown() {
        target.close();
    }

    @Test
    void appendsToWhatIsThere() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "earlier\n");

        send("one", "two");
        send("three");

        assertThat(file).hasContent("earlier\n" + HEAD + "one\n" + HEAD + "two\n" + HEAD + "three\n");
    }

    @Test
    void putsAFileAsideBeforeItPassesItsSize() throws IOException {
        target = newTarget(new Turnover(120, Long.MAX_VALUE, 2, false));

        for (int i = 1; i <= 8; i++) {
            send("line " + i);
        }

        assertThat(file).hasContent(HEAD + "line 7\n" + HEAD + "line 8\n");
        assertThat(aside(1, "")).hasContent(HEAD + "line 5\n" + HEAD + "line 6\n");
        assertThat(aside(2, "")).hasContent(HEAD + "line 3\n" + HEAD + "line 4\n");
        assertThat(aside(3, "")).doesNotExist();
    }

    @Test
    void putsAFileAsideThatIsOldAndCompressesIt() throws IOException {
        target = newTarget(new Turnover(Long.MAX_VALUE, Duration.ofHours(1).toNanos(), 3, true));
        send("one");
        nanos += Duration.ofHours(1).toNanos();

        send("two");

        assertThat(file).hasContent(HEAD + "two\n");
        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(aside(1, ".gz")))) {
            assertThat(gzip).hasContent(HEAD + "one\n");
        }
    }

    @Test
    void keepsNothingIfToldSo() throws IOException {
        target = newTarget(new Turnover(60, Long.MAX_VALUE, 0, false));
        send("one");
        send("two");

        assertThat(file).hasContent(HEAD + "two\n");
        assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void beginsAnewWhenSomebodyRenamesOrDeletesTheFile() throws IOException {
        send("one");
        Files.move(file, directory.resolve("taken"));
        send("two");
        Files.delete(file);
        send("three");

        assertThat(directory.resolve("taken")).hasContent(HEAD + "one\n");
        assertThat(file).hasContent(HEAD + "three\n");
    }

    @Test
    void survivesSomethingInTheWayAndGoesOnWhenItIsGone() throws IOException {
        Files.createDirectories(file);
        assertThatThrownBy(() -> send("one")).isInstanceOf(IOException.class);
        Files.delete(file);

        target.clear();
        send("one");

        assertThat(file).hasContent(HEAD + "one\n");
    }

    @Test
    void takesAFailureOfTheDiskAsAFailureOfTheBatch() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "SKIPPED: no /dev/full");
        FileTarget onFullDisk = new FileTarget(full, LineTexts.heroku(), Turnover.NEVER, Long.MAX_VALUE, () -> nanos);
        onFullDisk.add(line("one"));

        assertThatThrownBy(() -> onFullDisk.send(new Delivery("1", 1, 1, 0, 0))).isInstanceOf(IOException.class);
        onFullDisk.close();
    }

    @Test
    void keepsBytesThatAreNotUtf8() throws IOException {
        target.add(Line.of(LogEntry.of(1, TIME, LogOrigin.app("web.1"), new byte[] {(byte) 0xff, 0, 'x'})));
        target.send(new Delivery("1", 1, 1, 0, 0));

        byte[] written = Files.readAllBytes(file);
        assertThat(written).endsWith((byte) 0xff, (byte) 0, (byte) 'x', (byte) '\n');
    }

    private FileTarget newTarget(Turnover turnover) {
        return new FileTarget(file, LineTexts.heroku(), turnover, 0, () -> nanos);
    }

    private Path aside(int number, String ending) {
        return file.resolveSibling("shop.log." + number + ending);
    }

    private void send(String... lines) throws IOException {
        for (String line : lines) {
            target.add(line(line));
        }
        target.send(new Delivery("1", lines.length, lines.length, 0, 0));
        target.clear();
    }

    private static Line line(String text) {
        return Line.of(LogEntry.of(1, TIME, LogOrigin.app("web.1"), text.getBytes(UTF_8)));
    }
}
