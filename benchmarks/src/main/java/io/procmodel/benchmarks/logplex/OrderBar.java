package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import io.procmodel.local.LocalProcesses;
import io.procmodel.local.LocalRun;
import io.procmodel.local.OnExit;
import io.procmodel.log.LogEntry;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.LogSession;
import io.procmodel.logplex.Logplex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** B13 at size: ten real dynos that write numbered lines by turns on both of their outputs; every line stands in its place. */
final class OrderBar implements Bar {
    private static final int DYNOS = 10;
    private static final int PAIRS = 50_000;

    private final Map<String, StringBuilder> parts = new HashMap<>();
    private final Map<String, Integer> next = new HashMap<>();
    private long inversions;

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        Path program = bench.compile("both");
        Path app = Files.createDirectory(bench.file("order"));
        Files.writeString(app.resolve("Procfile"), "web: " + program + " " + PAIRS + "\n");
        int wanted = DYNOS * PAIRS * 2;
        try (Logplex logplex =
                Logplex.builder().history(wanted + 1000).historyBytes(64 << 20).build()) {
            try (LocalProcesses processes = LocalRun.in(app)
                    .formation("web=" + DYNOS)
                    .onExit("web", OnExit.IGNORE)
                    .output(logplex)
                    .start()) {
                processes.await(Duration.ofSeconds(90));
            }
            try (LogSession session = logplex.channels().get(0).session(LogQuery.all())) {
                readAll(session);
            }
        }
        Bench.expect("lines", next.values().stream().mapToInt(Integer::intValue).sum(), wanted);
        bench.row(
                "B13",
                text("%d inversions in %d lines of %d dynos, both outputs merged", inversions, wanted, next.size()),
                "0 inversions",
                inversions == 0);
    }

    private void readAll(LogSession session) throws InterruptedException {
        long seq = 0;
        Instant time = Instant.MIN;
        for (Optional<LogEntry> entry = session.poll(Duration.ZERO);
                entry.isPresent();
                entry = session.poll(Duration.ZERO)) {
            LogEntry line = entry.get();
            inversions += line.seq() == seq + 1 && !line.time().isBefore(time) ? 0 : 1;
            seq = line.seq();
            time = line.time();
            if (line.source().equals("app")) {
                check(line);
            }
        }
    }

    /** A dyno's lines are those that it wrote, one after the other; one that was shown in parts is put together. */
    private void check(LogEntry entry) {
        StringBuilder text = parts.computeIfAbsent(entry.process(), process -> new StringBuilder())
                .append(entry.text());
        if (entry.part().endsLine()) {
            int number = next.merge(entry.process(), 1, Integer::sum) - 1;
            String wanted = (number % 2 == 0 ? "o " : "e ") + number / 2;
            inversions += wanted.contentEquals(text) ? 0 : 1;
            text.setLength(0);
        }
    }
}
