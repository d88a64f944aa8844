package io.procmodel.jdbc;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.jdbc.sql.Dialect;
import io.procmodel.jdbc.sql.SqlWork;
import io.procmodel.scheduler.ledger.Claim;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.scheduler.ledger.RunLedgerUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A ledger of runs in PostgreSQL or H2, for all hosts that share the database. A claim is one statement, which inserts the
 * run only if nobody has it, its time is not forgotten and the token still leads. Who is silent is judged by the
 * database's clock. Thread-safe; it keeps no connection.
 */
public final class JdbcRunLedger implements RunLedger {
    private static final int LONGEST_NAME = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PRUNE_EVERY = 20;
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final String scheduler;
    private final History history;
    private final Set<String> claimed = new HashSet<>();
    private int claims;

    private JdbcRunLedger(Database database, String scheduler, History history) {
        this.database = database;
        this.scheduler = scheduler;
        this.history = history;
    }

    /**
     * The ledger of a scheduler, with {@link History#DEFAULT}. Its tables are made if they are missing.
     *
     * @param source where connections come from; it stays the host's to close
     * @param scheduler tells the schedulers of one database apart; the same on all hosts of a scheduler
     * @throws InvalidValueException if the name is blank or longer than 100 characters, or the database is neither
     *     PostgreSQL nor H2
     * @throws io.procmodel.error.StorageException if the database refuses
     */
    public static JdbcRunLedger of(DataSource source, String scheduler) {
        return of(source, scheduler, History.DEFAULT);
    }

    /** The ledger of a scheduler that keeps so much; see {@link #of(DataSource, String)}. */
    public static JdbcRunLedger of(DataSource source, String scheduler, History history) {
        if (scheduler.isBlank() || scheduler.length() > LONGEST_NAME) {
            throw new InvalidValueException("scheduler name", scheduler, "1 to 100 characters, not blank");
        }
        Database database = Database.on(requireNonNull(source, "source"));
        RunTables.SCHEMA.apply(database);
        return new JdbcRunLedger(database.patience(PATIENCE), scheduler, requireNonNull(history, "history"));
    }

    @Override
    public void fence(long token) {
        change("fence", connection -> {
            return RunTables.raiseFence(connection, scheduler, token)
                    || RunTables.firstFence(connection, scheduler, token);
        });
    }

    @Override
    public List<Claim> claim(List<JobRun> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        List<Claim> claims = change("claim", connection -> {
            List<Claim> answers = new ArrayList<>(runs.size());
            for (JobRun run : runs) {
                answers.add(claim(connection, run));
            }
            return answers;
        });
        prune(runs);
        return claims;
    }

    private Claim claim(Connection connection, JobRun run) throws SQLException {
        if (RunTables.insert(connection, scheduler, run)) {
            return Claim.GRANTED;
        }
        Optional<JobRun> present = RunTables.find(connection, scheduler, run.key());
        if (present.isPresent()) {
            return isRepeated(present.get(), run) ? Claim.GRANTED : Claim.TAKEN;
        }
        return RunTables.isFenced(connection, scheduler, run) ? Claim.FENCED : Claim.TAKEN;
    }

    private static boolean isRepeated(JobRun present, JobRun run) {
        return present.isOpen() && run.isOpen() && present.host().equals(run.host()) && present.token() == run.token();
    }

    /** Not with every claim: forgetting costs more statements than claiming. */
    private void prune(List<JobRun> runs) {
        Set<String> jobs = jobsToPrune(runs);
        if (!jobs.isEmpty()) {
            Instant now = runs.get(runs.size() - 1).startedAt();
            change("forget", connection -> {
                for (String job : jobs) {
                    RunTables.forgetBeyond(connection, scheduler, job, history, now);
                }
                return true;
            });
        }
    }

    private synchronized Set<String> jobsToPrune(List<JobRun> runs) {
        runs.forEach(run -> claimed.add(run.job()));
        claims += runs.size();
        if (claims < Math.min(PRUNE_EVERY, (history.runs() + 1) / 2)) {
            return Set.of();
        }
        claims = 0;
        Set<String> jobs = Set.copyOf(claimed);
        claimed.clear();
        return jobs;
    }

    @Override
    public void end(String key, RunEnd end) {
        change("end", connection -> RunTables.end(connection, scheduler, key, end));
    }

    @Override
    public List<JobRun> open() {
        return read(connection -> RunTables.open(connection, scheduler));
    }

    @Override
    public Optional<Instant> now() {
        return Optional.of(read(connection -> RunTables.now(connection, database.dialect())));
    }

    @Override
    public void beat(String host) {
        change(
                "beat",
                connection -> RunTables.beat(connection, database.dialect(), host)
                        || RunTables.firstBeat(connection, database.dialect(), host));
    }

    @Override
    public List<JobRun> abandonSilent(Duration silence) {
        return change("abandon", connection -> {
            List<JobRun> abandoned = new ArrayList<>();
            for (JobRun run : RunTables.openOfSilent(connection, database.dialect(), scheduler, silence)) {
                Instant now = RunTables.now(connection, database.dialect());
                RunEnd end = RunEnd.of(now, Outcome.ABANDONED, "host " + run.host() + " is silent");
                if (RunTables.end(connection, scheduler, run.key(), end)) {
                    abandoned.add(run.ended(end));
                }
            }
            return abandoned;
        });
    }

    @Override
    public List<JobRun> history(String job, int limit) {
        return read(connection -> RunTables.history(connection, scheduler, job, limit));
    }

    @Override
    public Map<String, Instant> lastScheduled() {
        return read(connection -> RunTables.lastScheduled(connection, scheduler));
    }

    @Override
    public Map<String, JobMark> marks() {
        return read(connection -> RunTables.marks(connection, scheduler));
    }

    @Override
    public void mark(List<JobMark> marks) {
        change("mark", connection -> {
            for (JobMark mark : marks) {
                RunTables.mark(connection, scheduler, mark);
            }
            return true;
        });
    }

    private <T> T read(SqlWork<T> work) {
        try {
            return database.read("read", "the runs of " + scheduler, work);
        } catch (StorageException e) {
            throw new RunLedgerUnavailableException("of " + scheduler, "read", e);
        }
    }

    /** Two hosts that insert the same row meet here; with the second attempt the later one finds it there. */
    private <T> T change(String action, SqlWork<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.change(work);
            } catch (SQLException e) {
                if (!Dialect.isDuplicate(e) || attempt == ATTEMPTS) {
                    throw new RunLedgerUnavailableException("of " + scheduler, action, e);
                }
            }
        }
    }

    /** The connections are the host's. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "run ledger of " + scheduler;
    }
}
