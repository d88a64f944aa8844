package io.procmodel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.procmodel.build.Source;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 4: a marked secret goes every public way and comes out nowhere but in the dyno. */
@DisabledOnOs(OS.WINDOWS)
class SecretsIT {
    private static final String SECRET = "s3cr3t-value-that-must-not-print";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void aConfigValueIsInNoLineEventMessageOrText() throws IOException {
        Path home = directory.resolve("home");
        try (Platform platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(home)
                .logs(log)
                .open()) {
            platform.subscribe(event -> seen.add(event.toString()));
            App shop = platform.createApp("shop");
            seen.add(shop.config().set("TOKEN", SECRET).toString());
            Source source = SampleSources.procfile(
                    directory.resolve("source"), "worker: [ -n \"$TOKEN\" ] && echo has token; sleep 1000\n");
            seen.add(shop.deploy(source).toString());
            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(PATIENCE);
            await().atMost(PATIENCE).until(() -> log.lines().contains("app[worker.1]: has token"));
            see(() -> shop.config().set("BAD-KEY", SECRET));
            see(() -> shop.config().set("TOKEN=" + SECRET, "y"));
            see(() -> shop.config().set("BIG", SECRET.repeat(4000)));
            see(() -> shop.config().set("NUL", SECRET + "\0"));
            see(() -> shop.config().set(Map.of("OK", "fine", "1BAD", SECRET)));
            see(() -> shop.releases().rollback(99));
            see(() -> shop.config().vars());
            see(() -> shop.config().vars().get("TOKEN"));
            see(() -> shop.releases().list());
            see(() -> shop.releases().verify());
            see(() -> shop.dynos().list());
            see(() -> shop.formation().current());
            shop.config().unset("TOKEN");
            shop.releases().rollback(3);
            shop.dynos().awaitUp(PATIENCE);
        }

        assertThat(log.lines()).contains("app[worker.1]: has token").noneMatch(line -> line.contains(SECRET));
        assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(SECRET));
        assertThat(filesWithTheSecret(home))
                .as("the ledger alone, which is private")
                .allMatch(file -> file.contains("/ledger/"));
    }

    /** Remembers what a call gives or throws, with the whole stack. */
    private void see(Callable<?> call) {
        Object[] result = new Object[1];
        Throwable error = catchThrowable(() -> result[0] = call.call());
        if (error == null) {
            seen.add(String.valueOf(result[0]));
        } else {
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text));
            seen.add(text.toString());
        }
    }

    private static List<String> filesWithTheSecret(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, SECRET))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
