package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What two dynos have written when their host is killed is there at the next open, line by line: the writers note, beside,
 * how far they have come. {@code -Dprocmodel.kills=100} kills as often as that.
 */
@Tag("C46")
@EnabledOnOs(OS.LINUX)
@Timeout(1800)
class HostKilledIT {
    private static final int KILLS = Integer.getInteger("procmodel.kills", 3);
    private static final int LINES = 100_000;
    private static final String WRITER = """
            i=0
            exec 9>"acknowledged.$PS"
            while [ "$i" -lt %d ]; do
              i=$((i + 1))
              echo "line $i of $PS"
              echo "$i" >&9
            done
            echo the end
            sleep 100
            """.formatted(LINES);

    @TempDir
    private Path directory;

    private final Random random = new Random(46);

    @Test
    void losesTearsAndDoublesNoLineWhenTheHostIsKilled() throws IOException, InterruptedException {
        List<Integer> lengths = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            Path place = Files.createDirectory(directory.resolve("kill-" + kill));
            Files.writeString(place.resolve("Procfile"), "worker: bash write.sh\n");
            Files.writeString(place.resolve("write.sh"), WRITER);

            runAndKill(place, kill == 1, random.nextInt(1500));

            try (Logplex logplex = Logplex.builder()
                    .journal(place.resolve("journal"), Persistence.process())
                    .build()) {
                for (String dyno : List.of("worker.1", "worker.2")) {
                    lengths.add(check(logplex, place, dyno));
                }
                logplex.channels().forEach(channel -> channel.stats().verify());
            }
        }
        assertThat(lengths).as("kills while lines were written").anyMatch(length -> length > 0 && length < LINES);
        System.getLogger("test").log(System.Logger.Level.INFO, "lines at the kills: " + lengths);
    }

    private static int check(Logplex logplex, Path place, String dyno) throws IOException {
        List<String> lines =
                whole(appName(place, logplex).recent(LogQuery.source("app").and(LogQuery.dyno(dyno)))).stream()
                        .filter(line -> line.startsWith("line "))
                        .toList();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).as(place + ", entry " + i).isEqualTo("line " + (i + 1) + " of " + dyno);
        }
        assertThat(lines.size())
                .as(place + " " + dyno)
                .isBetween(acknowledged(place, dyno), acknowledged(place, dyno) + 1);
        return lines.size();
    }

    /** A line whose end the host read more than 250 ms later, on a busy machine, stands there in parts. */
    private static List<String> whole(List<LogEntry> entries) {
        List<String> lines = new ArrayList<>();
        for (LogEntry entry : entries) {
            int last = lines.size() - 1;
            if (entry.part().startsLine()) {
                lines.add(entry.text());
            } else {
                lines.set(last, lines.get(last) + entry.text());
            }
        }
        return lines;
    }

    /** The one app of the journal. */
    private static Channel appName(Path place, Logplex logplex) {
        String[] names = place.resolve("journal").toFile().list((parent, name) -> !name.startsWith("."));
        assertThat(names).hasSize(1);
        return logplex.channel(names[0]);
    }

    private static int acknowledged(Path place, String dyno) throws IOException {
        Path file = place.resolve("acknowledged." + dyno);
        List<String> numbers = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return numbers.isEmpty() ? 0 : Integer.parseInt(numbers.get(numbers.size() - 1));
    }

    private static void runAndKill(Path place, boolean amongLines, int millis)
            throws IOException, InterruptedException {
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalHost.class.getName(),
                        place.resolve("journal").toString(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = host.inputReader()) {
            assertThat(output.lines().anyMatch("up"::equals))
                    .as("the host is up")
                    .isTrue();
            if (amongLines) {
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(place, "worker.1") > 0);
            }
            // Any moment will do: this is when the host dies, not something that is waited for.
            host.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            host.destroyForcibly();
        }
        assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
