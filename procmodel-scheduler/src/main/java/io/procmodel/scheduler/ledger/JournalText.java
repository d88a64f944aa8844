package io.procmodel.scheduler.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a ledger's journal: a checksum, a letter for the kind of record, and its fields, which are escaped so that
 * neither a space nor a line feed stands in one.
 */
final class JournalText {
    private static final int CHECKSUM = 8;
    private static final String NONE = "-";

    private JournalText() {}

    static String run(JobRun run) {
        RunEnd end = run.end().orElse(null);
        return line(
                "R",
                run.key(),
                run.job(),
                run.scheduledFor(),
                run.trigger(),
                run.attempt(),
                run.token(),
                run.host(),
                run.startedAt(),
                run.count(),
                end == null ? NONE : end.at(),
                end == null ? NONE : end.outcome(),
                end == null ? NONE : status(end),
                end == null ? "" : end.note());
    }

    private static String status(RunEnd end) {
        return end.exitStatus().isPresent() ? Integer.toString(end.exitStatus().getAsInt()) : NONE;
    }

    static String mark(JobMark mark) {
        Object paused = mark.pausedSince().<Object>map(since -> since).orElse(NONE);
        return line("M", mark.job(), mark.definition(), mark.since(), paused);
    }

    static String fence(long token) {
        return line("F", token);
    }

    /** How far a job had come when the journal was written anew. */
    static String reached(String job, JobRuns runs) {
        return line("J", job, orNone(runs.lastScheduled()), orNone(runs.forgottenUntil()));
    }

    private static Object orNone(@Nullable Instant instant) {
        return instant == null ? NONE : instant;
    }

    /** The whole state as few lines as it takes. */
    static String all(RunIndex index) {
        StringBuilder text = new StringBuilder(fence(index.fence()));
        for (Map.Entry<String, JobRuns> job : index.jobs().entrySet()) {
            JobRuns runs = job.getValue();
            text.append(reached(job.getKey(), runs));
            JobMark mark = runs.mark();
            if (mark != null) {
                text.append(mark(mark));
            }
            runs.oldestFirst().forEach(run -> text.append(run(run)));
        }
        return text.toString();
    }

    private static String line(String kind, Object... fields) {
        String body = Stream.concat(Stream.of(kind), Arrays.stream(fields).map(JournalText::escape))
                .collect(Collectors.joining(" "));
        return checksum(body) + " " + body + "\n";
    }

    private static String escape(Object field) {
        String text = field.toString();
        return text.equals(NONE) ? NONE : URLEncoder.encode(text, UTF_8).replace("-", "%2D");
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(UTF_8));
        return HexFormat.of().toHexDigits(crc.getValue(), CHECKSUM);
    }

    /** Enters a line, without its line feed, into the state; false if it is not one of a journal. */
    static boolean enter(String line, RunIndex index) {
        if (line.length() <= CHECKSUM + 1
                || !line.startsWith(checksum(line.substring(CHECKSUM + 1)))
                || line.charAt(CHECKSUM) != ' ') {
            return false;
        }
        String[] fields = line.substring(CHECKSUM + 1).split(" ", -1);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].equals(NONE) ? NONE : URLDecoder.decode(fields[i], UTF_8);
        }
        try {
            return enter(fields, index);
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean enter(String[] fields, RunIndex index) {
        switch (fields[0]) {
            case "R" -> index.put(readRun(fields));
            case "M" -> {
                Optional<Instant> paused = instant(fields[4]);
                index.mark(new JobMark(fields[1], fields[2], Instant.parse(fields[3]), paused));
            }
            case "F" -> index.fence(Long.parseLong(fields[1]));
            case "J" -> {
                instant(fields[2]).ifPresent(index.of(fields[1])::reach);
                instant(fields[3]).ifPresent(index.of(fields[1])::forgetUntil);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static JobRun readRun(String[] fields) {
        Optional<RunEnd> end = instant(fields[10])
                .map(at -> new RunEnd(
                        at,
                        Outcome.valueOf(fields[11]),
                        fields[12].equals(NONE) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(fields[12])),
                        fields[13]));
        return new JobRun(
                fields[1],
                fields[2],
                Instant.parse(fields[3]),
                Trigger.valueOf(fields[4]),
                Integer.parseInt(fields[5]),
                Long.parseLong(fields[6]),
                fields[7],
                Instant.parse(fields[8]),
                Long.parseLong(fields[9]),
                end);
    }

    private static Optional<Instant> instant(String field) {
        return field.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(field));
    }
}
