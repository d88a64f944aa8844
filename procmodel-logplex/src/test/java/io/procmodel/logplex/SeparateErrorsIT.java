package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.local.LocalProcesses;
import io.procmodel.local.LocalRun;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(120)
class SeparateErrorsIT {
    @TempDir
    private Path directory;

    /** Ten thousand lines by turns: merged they come in exactly the order of writing. */
    @Tag("C48")
    @Test
    void areMergedInTheOrderOfWritingByDefault() throws Exception {
        List<String> texts = new ArrayList<>();
        for (LogEntry entry :
                run(still(), "i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo o $i; echo e $i >&2; done")) {
            assertThat(entry.stream()).isEqualTo(LogStream.MERGED);
            texts.add(entry.text());
        }
        assertThat(texts).hasSize(10_000);
        for (int i = 0; i < 5000; i++) {
            assertThat(texts.subList(2 * i, 2 * i + 2)).containsExactly("o " + (i + 1), "e " + (i + 1));
        }
    }

    @Tag("C48")
    @Test
    void areMarkedWhenTheyAreReadApart() throws Exception {
        List<LogEntry> entries = run(
                still().separateErrors(),
                "for i in 1 2 3; do echo out $i; echo err $i >&2; done; (sleep 0.3; echo late >&2) & exit 0");

        assertThat(texts(entries, LogStream.STDOUT)).containsExactly("out 1", "out 2", "out 3");
        assertThat(texts(entries, LogStream.STDERR)).startsWith("err 1", "err 2", "err 3");
        assertThat(texts(entries, LogStream.MERGED)).isEmpty();
    }

    @Tag("C47")
    @Test
    void keepWhatAGrandchildSaysAfterItsParentsEnd() throws Exception {
        List<LogEntry> entries = run(still(), "(for i in $(seq 20); do echo grandchild $i; done) & echo parent; wait");

        assertThat(entries).hasSize(21);
    }

    /** A lot is written at once by somebody who ends at once: nothing of it is cut off. */
    @Tag("C49")
    @Test
    void keepEverythingOfAProcessThatEndsAtOnce() throws Exception {
        assertThat(run(still(), "seq 1 20000; exit 3")).hasSize(20_000);
        assertThat(run(still(), "exec >&- 2>&-; sleep 0.1")).isEmpty();
        assertThat(run(still(), "/no/such/program; true")).hasSize(1);
    }

    /** Nothing is left of dynos that have ended: no thread, no open file. */
    @Tag("C50")
    @Test
    void leaveNoThreadAndNoOpenFile() throws Exception {
        run(still().separateErrors(), "echo warm");
        long files = openFiles();
        for (int i = 0; i < 15; i++) {
            run(still().separateErrors().journal(directory.resolve("journal"), Persistence.process()), "echo x");
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("-worker.1-"));
            assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
        });
    }

    /** The same dyno, started again, goes on under its name. */
    @Tag("C52")
    @Test
    void goOnUnderTheSameNameAfterARestart() throws Exception {
        try (Logplex logplex = Logplex.create()) {
            Files.writeString(directory.resolve("Procfile"), "worker: echo once\n");
            for (int i = 0; i < 2; i++) {
                try (LocalProcesses processes =
                        LocalRun.in(directory).output(logplex).start()) {
                    processes.await(Duration.ofSeconds(60));
                }
            }
            assertThat(logplex.channels()).hasSize(1);
            assertThat(logplex.channels()
                            .get(0)
                            .recent(LogQuery.dyno("worker.1").and(LogQuery.contains("once"))))
                    .hasSize(2)
                    .extracting(LogEntry::origin)
                    .containsOnly(LogOrigin.app("worker.1"));
        }
    }

    /** On a time that stands still a line is not shown in parts, however late the machine is with its end. */
    private static LogplexBuilder still() {
        return new ManualTime().builder();
    }

    private static long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.count();
        }
    }

    private List<LogEntry> run(LogplexBuilder builder, String command) throws Exception {
        Files.writeString(directory.resolve("say.sh"), command);
        Files.writeString(directory.resolve("Procfile"), "worker: bash say.sh\n");
        try (Logplex logplex = builder.history(50_000).build()) {
            try (LocalProcesses processes =
                    LocalRun.in(directory).output(logplex).start()) {
                processes.await(Duration.ofSeconds(60));
            }
            Channel channel = logplex.channels().get(0);
            LogQuery said = LogQuery.dyno("worker.1").and(LogQuery.source("app"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !channel.recent(LogQuery.all()).isEmpty());
            return channel.recent(said);
        }
    }

    private static List<String> texts(List<LogEntry> entries, LogStream stream) {
        return entries.stream()
                .filter(entry -> entry.stream() == stream)
                .map(LogEntry::text)
                .toList();
    }
}
