package io.procmodel.jdbc;

import io.procmodel.jdbc.sql.Dialect;
import io.procmodel.jdbc.sql.SchemaMigration;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.Trigger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The statements of the ledger of runs. Instants are text that sorts like time, because no timestamp type holds them all. */
final class RunTables {
    static final SchemaMigration SCHEMA = SchemaMigration.of("runs")
            .step(
                    "CREATE TABLE IF NOT EXISTS procmodel_run (scheduler VARCHAR(100) NOT NULL,"
                            + " run_key VARCHAR(250) NOT NULL, job VARCHAR(100) NOT NULL,"
                            + " scheduled_for VARCHAR(40) NOT NULL, cause VARCHAR(10) NOT NULL, attempt INT NOT NULL,"
                            + " token BIGINT NOT NULL, host VARCHAR(400) NOT NULL, started_at VARCHAR(40) NOT NULL,"
                            + " stands_for BIGINT NOT NULL, ended_at VARCHAR(40), outcome VARCHAR(20),"
                            + " exit_status INT, note TEXT, claimed_at TIMESTAMP(6) WITH TIME ZONE"
                            + " DEFAULT CURRENT_TIMESTAMP NOT NULL, PRIMARY KEY (scheduler, run_key))",
                    "CREATE INDEX IF NOT EXISTS procmodel_run_by_job ON procmodel_run (scheduler, job, scheduled_for)",
                    "CREATE TABLE IF NOT EXISTS procmodel_run_job (scheduler VARCHAR(100) NOT NULL,"
                            + " job VARCHAR(100) NOT NULL, definition TEXT, since VARCHAR(40),"
                            + " paused_since VARCHAR(40), last_scheduled VARCHAR(40), forgotten_until VARCHAR(40),"
                            + " PRIMARY KEY (scheduler, job))",
                    "CREATE TABLE IF NOT EXISTS procmodel_run_fence (scheduler VARCHAR(100) PRIMARY KEY,"
                            + " token BIGINT NOT NULL)",
                    "CREATE TABLE IF NOT EXISTS procmodel_run_host (host VARCHAR(400) PRIMARY KEY,"
                            + " seen_at TIMESTAMP(6) WITH TIME ZONE NOT NULL)");

    private static final String COLUMNS = "run_key, job, scheduled_for, cause, attempt, token, host, started_at,"
            + " stands_for, ended_at, outcome, exit_status, note";

    private static final String INSERT = "INSERT INTO procmodel_run (scheduler, " + COLUMNS + ") SELECT"
            + " CAST(? AS VARCHAR(100)), CAST(? AS VARCHAR(250)), CAST(? AS VARCHAR(100)), CAST(? AS VARCHAR(40)),"
            + " CAST(? AS VARCHAR(10)), CAST(? AS INT), CAST(? AS BIGINT), CAST(? AS VARCHAR(400)),"
            + " CAST(? AS VARCHAR(40)), CAST(? AS BIGINT), CAST(? AS VARCHAR(40)), CAST(? AS VARCHAR(20)),"
            + " CAST(? AS INT), CAST(? AS TEXT)"
            + " WHERE NOT EXISTS (SELECT 1 FROM procmodel_run WHERE scheduler = ? AND run_key = ?)";

    private static final String UNLESS_FENCED_OR_FORGOTTEN =
            " AND NOT EXISTS (SELECT 1 FROM procmodel_run_fence WHERE scheduler = ? AND token > ?)"
                    + " AND NOT EXISTS (SELECT 1 FROM procmodel_run_job WHERE scheduler = ? AND job = ?"
                    + " AND forgotten_until >= ?)";

    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private RunTables() {}

    static String text(Instant instant) {
        return SORTABLE.format(instant);
    }

    static Instant instant(ResultSet rows, int column) throws SQLException {
        return Instant.parse(rows.getString(column));
    }

    static Optional<Instant> optionalInstant(ResultSet rows, int column) throws SQLException {
        return Optional.ofNullable(rows.getString(column)).map(Instant::parse);
    }

    static boolean insert(Connection connection, String scheduler, JobRun run) throws SQLException {
        boolean byHand = run.trigger() == Trigger.MANUAL;
        try (PreparedStatement insert =
                connection.prepareStatement(byHand ? INSERT : INSERT + UNLESS_FENCED_OR_FORGOTTEN)) {
            int next = fill(insert, scheduler, run);
            insert.setString(next++, scheduler);
            insert.setString(next++, run.key());
            if (!byHand) {
                insert.setString(next++, scheduler);
                insert.setLong(next++, run.token());
                insert.setString(next++, scheduler);
                insert.setString(next++, run.job());
                insert.setString(next, text(run.scheduledFor()));
            }
            return insert.executeUpdate() == 1;
        }
    }

    private static int fill(PreparedStatement insert, String scheduler, JobRun run) throws SQLException {
        RunEnd end = run.end().orElse(null);
        insert.setString(1, scheduler);
        insert.setString(2, run.key());
        insert.setString(3, run.job());
        insert.setString(4, text(run.scheduledFor()));
        insert.setString(5, run.trigger().name());
        insert.setInt(6, run.attempt());
        insert.setLong(7, run.token());
        insert.setString(8, run.host());
        insert.setString(9, text(run.startedAt()));
        insert.setLong(10, run.count());
        insert.setString(11, end == null ? null : text(end.at()));
        insert.setString(12, end == null ? null : end.outcome().name());
        setStatus(insert, 13, end);
        insert.setString(14, end == null ? null : end.note());
        return 15;
    }

    private static void setStatus(PreparedStatement statement, int column, @Nullable RunEnd end) throws SQLException {
        if (end == null || end.exitStatus().isEmpty()) {
            statement.setNull(column, Types.INTEGER);
        } else {
            statement.setInt(column, end.exitStatus().getAsInt());
        }
    }

    static Optional<JobRun> find(Connection connection, String scheduler, String key) throws SQLException {
        return select(connection, " AND run_key = ?", scheduler, key).stream().findFirst();
    }

    static List<JobRun> open(Connection connection, String scheduler) throws SQLException {
        return select(connection, " AND outcome IS NULL ORDER BY started_at, run_key", scheduler);
    }

    static List<JobRun> history(Connection connection, String scheduler, String job, int limit) throws SQLException {
        String newest = " AND job = ? ORDER BY scheduled_for DESC, run_key DESC FETCH FIRST " + limit + " ROWS ONLY";
        return select(connection, newest, scheduler, job);
    }

    static List<JobRun> openOfSilent(Connection connection, Dialect dialect, String scheduler, Duration silence)
            throws SQLException {
        String longAgo = dialect.clock() + " - " + seconds(silence);
        return select(
                connection,
                " AND outcome IS NULL AND COALESCE((SELECT seen_at FROM procmodel_run_host h"
                        + " WHERE h.host = procmodel_run.host), claimed_at) <= " + longAgo,
                scheduler);
    }

    static String seconds(Duration time) {
        return "INTERVAL '" + time.toSeconds() + "." + String.format(Locale.ROOT, "%03d", time.toMillisPart())
                + "' SECOND";
    }

    private static List<JobRun> select(Connection connection, String where, String... parameters) throws SQLException {
        List<JobRun> runs = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM procmodel_run WHERE scheduler = ?" + where)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    runs.add(read(rows));
                }
            }
        }
        return runs;
    }

    private static JobRun read(ResultSet rows) throws SQLException {
        return new JobRun(
                rows.getString(1),
                rows.getString(2),
                instant(rows, 3),
                Trigger.valueOf(rows.getString(4)),
                rows.getInt(5),
                rows.getLong(6),
                rows.getString(7),
                instant(rows, 8),
                rows.getLong(9),
                readEnd(rows));
    }

    private static Optional<RunEnd> readEnd(ResultSet rows) throws SQLException {
        Optional<Instant> at = optionalInstant(rows, 10);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        int status = rows.getInt(12);
        OptionalInt exitStatus = rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
        return Optional.of(new RunEnd(at.get(), Outcome.valueOf(rows.getString(11)), exitStatus, rows.getString(13)));
    }

    static boolean end(Connection connection, String scheduler, String key, RunEnd end) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE procmodel_run SET ended_at = ?, outcome = ?, exit_status = ?, note = ? WHERE scheduler = ?"
                        + " AND run_key = ? AND (outcome IS NULL OR outcome = 'ABANDONED')")) {
            update.setString(1, text(end.at()));
            update.setString(2, end.outcome().name());
            setStatus(update, 3, end);
            update.setString(4, end.note());
            update.setString(5, scheduler);
            update.setString(6, key);
            return update.executeUpdate() == 1;
        }
    }

    static boolean isFenced(Connection connection, String scheduler, JobRun run) throws SQLException {
        if (run.trigger() == Trigger.MANUAL) {
            return false;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM procmodel_run_fence WHERE scheduler = ? AND token > ?")) {
            select.setString(1, scheduler);
            select.setLong(2, run.token());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    static boolean raiseFence(Connection connection, String scheduler, long token) throws SQLException {
        return update(
                connection,
                "UPDATE procmodel_run_fence SET token = CASE WHEN token < ? THEN ? ELSE token END WHERE scheduler = ?",
                token,
                token,
                scheduler);
    }

    static boolean firstFence(Connection connection, String scheduler, long token) throws SQLException {
        return update(connection, "INSERT INTO procmodel_run_fence (scheduler, token) VALUES (?, ?)", scheduler, token);
    }

    static boolean beat(Connection connection, Dialect dialect, String host) throws SQLException {
        return update(
                connection, "UPDATE procmodel_run_host SET seen_at = " + dialect.clock() + " WHERE host = ?", host);
    }

    static boolean firstBeat(Connection connection, Dialect dialect, String host) throws SQLException {
        update(
                connection,
                "DELETE FROM procmodel_run_host WHERE seen_at < " + dialect.clock() + " - INTERVAL '30' DAY");
        return update(
                connection, "INSERT INTO procmodel_run_host (host, seen_at) VALUES (?, " + dialect.clock() + ")", host);
    }

    static boolean update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            return update.executeUpdate() > 0;
        }
    }

    static Map<String, Instant> lastScheduled(Connection connection, String scheduler) throws SQLException {
        Map<String, Instant> last = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT job, MAX(latest) FROM"
                + " (SELECT job, MAX(scheduled_for) AS latest FROM procmodel_run WHERE scheduler = ?"
                + " AND cause IN ('SCHEDULE', 'CATCH_UP') GROUP BY job"
                + " UNION ALL SELECT job, last_scheduled AS latest FROM procmodel_run_job WHERE scheduler = ?"
                + " AND last_scheduled IS NOT NULL) AS both_tables GROUP BY job")) {
            select.setString(1, scheduler);
            select.setString(2, scheduler);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last.put(rows.getString(1), instant(rows, 2));
                }
            }
        }
        return last;
    }

    /** Forgets the ended runs of a job beyond the bounds, and remembers up to when; neither memory ever goes back. */
    static void forgetBeyond(Connection connection, String scheduler, String job, History history, Instant now)
            throws SQLException {
        Optional<String> newestForgotten = newestForgotten(connection, scheduler, job, history, now);
        if (newestForgotten.isEmpty()) {
            return;
        }
        String until = newestForgotten.get();
        String reached = "(SELECT MAX(scheduled_for) FROM procmodel_run WHERE scheduler = ? AND job = ?"
                + " AND cause IN ('SCHEDULE', 'CATCH_UP')";
        if (!update(
                connection,
                "UPDATE procmodel_run_job SET forgotten_until = CASE WHEN forgotten_until > ? THEN forgotten_until"
                        + " ELSE ? END, last_scheduled = COALESCE(" + reached
                        + " AND (last_scheduled IS NULL OR scheduled_for > last_scheduled)), last_scheduled)"
                        + " WHERE scheduler = ? AND job = ?",
                until,
                until,
                scheduler,
                job,
                scheduler,
                job)) {
            update(
                    connection,
                    "INSERT INTO procmodel_run_job (scheduler, job, forgotten_until, last_scheduled) VALUES (?, ?, ?, "
                            + reached + "))",
                    scheduler,
                    job,
                    until,
                    scheduler,
                    job);
        }
        update(
                connection,
                "DELETE FROM procmodel_run WHERE scheduler = ? AND job = ? AND outcome IS NOT NULL"
                        + " AND scheduled_for <= ?",
                scheduler,
                job,
                until);
    }

    private static Optional<String> newestForgotten(
            Connection connection, String scheduler, String job, History history, Instant now) throws SQLException {
        String first = "SELECT scheduled_for FROM procmodel_run WHERE scheduler = ? AND job = ?";
        String order = " ORDER BY scheduled_for DESC, run_key DESC";
        try (PreparedStatement select = connection.prepareStatement("SELECT MAX(scheduled_for) FROM ((" + first + order
                + " OFFSET " + history.runs() + " ROWS FETCH FIRST 1 ROWS ONLY) UNION ALL (" + first
                + " AND outcome IS NOT NULL AND scheduled_for < ?" + order + " FETCH FIRST 1 ROWS ONLY)) AS beyond")) {
            select.setString(1, scheduler);
            select.setString(2, job);
            select.setString(3, scheduler);
            select.setString(4, job);
            select.setString(5, text(now.minus(history.age())));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    static Map<String, JobMark> marks(Connection connection, String scheduler) throws SQLException {
        Map<String, JobMark> marks = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT job, definition, since, paused_since FROM procmodel_run_job"
                        + " WHERE scheduler = ? AND definition IS NOT NULL")) {
            select.setString(1, scheduler);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String job = rows.getString(1);
                    marks.put(job, new JobMark(job, rows.getString(2), instant(rows, 3), optionalInstant(rows, 4)));
                }
            }
        }
        return marks;
    }

    static void mark(Connection connection, String scheduler, JobMark mark) throws SQLException {
        String since = text(mark.since());
        String paused = mark.pausedSince().map(RunTables::text).orElse("");
        if (!update(
                connection,
                "UPDATE procmodel_run_job SET definition = ?, since = ?, paused_since = NULLIF(?, '')"
                        + " WHERE scheduler = ? AND job = ?",
                mark.definition(),
                since,
                paused,
                scheduler,
                mark.job())) {
            update(
                    connection,
                    "INSERT INTO procmodel_run_job (definition, since, paused_since, scheduler, job)"
                            + " VALUES (?, ?, NULLIF(?, ''), ?, ?)",
                    mark.definition(),
                    since,
                    paused,
                    scheduler,
                    mark.job());
        }
    }

    static Instant now(Connection connection, Dialect dialect) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + dialect.clock());
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
