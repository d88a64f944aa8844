package io.procmodel.scheduler.ledger;

import static java.util.Objects.requireNonNull;

import io.procmodel.file.DurableFiles;
import io.procmodel.file.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ledger for the JVMs of one machine: a directory with an append-only journal, which all of them read and write under a
 * short file lock. A claim is on the disk before it is granted. A host is gone when its process is. Thread-safe; not for
 * network file systems.
 */
public final class FileRunLedger implements RunLedger {
    private final Path directory;
    private final InstantSource clock;
    private final LockFile opened;
    private final Journal journal;
    private boolean closed;

    private FileRunLedger(Path directory, InstantSource clock, LockFile opened, Journal journal) {
        this.directory = directory;
        this.clock = clock;
        this.opened = opened;
        this.journal = journal;
    }

    /**
     * Opens the ledger in {@code directory}, which is created if it is missing, with {@link History#DEFAULT}.
     *
     * @throws RunLedgerInUseException if this process has it open already
     * @throws RunLedgerDamagedException if the directory holds something else
     * @throws RunLedgerUnavailableException if it cannot be read or written
     */
    public static FileRunLedger at(Path directory) {
        return at(directory, History.DEFAULT, InstantSource.system());
    }

    /**
     * Opens the ledger in {@code directory}; see {@link #at(Path)}.
     *
     * @param directory where it is, or will be
     * @param history how much it keeps
     * @param clock dates what is given up
     */
    public static FileRunLedger at(Path directory, History history, InstantSource clock) {
        requireNonNull(clock, "clock");
        try {
            DurableFiles.createPrivateDirectory(directory);
            LockFile opened = claimForThisProcess(directory);
            try {
                return new FileRunLedger(directory, clock, opened, Journal.open(directory, history));
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw new RunLedgerUnavailableException(directory.toString(), "open", e);
        }
    }

    /** File locks are per process, so one process must not have the journal's lock file open twice. */
    private static LockFile claimForThisProcess(Path directory) throws IOException {
        long pid = ProcessHandle.current().pid();
        for (Path left : ProcessFiles.ofDeadProcesses(directory)) {
            Files.deleteIfExists(left);
        }
        return LockFile.tryLock(ProcessFiles.of(directory, pid))
                .orElseThrow(() -> new RunLedgerInUseException(directory.toString()));
    }

    @Override
    public void fence(long token) {
        locked("fence", index -> {
            if (token > index.fence()) {
                journal.append(JournalText.fence(token));
            }
            return null;
        });
    }

    @Override
    public List<Claim> claim(List<JobRun> runs) {
        return locked("claim", index -> {
            List<Claim> claims = new ArrayList<>(runs.size());
            StringBuilder lines = new StringBuilder();
            for (JobRun run : runs) {
                Claim claim = index.judge(run);
                if (claim == Claim.GRANTED && !index.knows(run.key())) {
                    index.put(run);
                    lines.append(JournalText.run(run));
                }
                claims.add(claim);
            }
            journal.appendEntered(lines.toString());
            return claims;
        });
    }

    @Override
    public void end(String key, RunEnd end) {
        locked("end", index -> {
            JobRun ended = index.ended(key, end);
            if (ended != null) {
                journal.append(JournalText.run(ended));
            }
            return null;
        });
    }

    @Override
    public List<JobRun> open() {
        return locked("read", RunIndex::open);
    }

    @Override
    public void beat(String host) {
        // Whether a process of this machine lives is asked of the machine.
    }

    @Override
    public List<JobRun> abandonSilent(Duration silence) {
        return locked("read", index -> {
            List<JobRun> abandoned = new ArrayList<>();
            Instant now = clock.instant();
            for (JobRun run : index.open()) {
                if (!HostName.isAlive(run.host())) {
                    abandoned.add(run.ended(RunEnd.of(now, Outcome.ABANDONED, "host " + run.host() + " is gone")));
                }
            }
            abandoned.forEach(run -> journal.append(JournalText.run(run)));
            return abandoned;
        });
    }

    @Override
    public List<JobRun> history(String job, int limit) {
        return locked("read", index -> index.history(job, limit));
    }

    @Override
    public Map<String, Instant> lastScheduled() {
        return locked("read", RunIndex::lastScheduled);
    }

    @Override
    public Map<String, JobMark> marks() {
        return locked("read", RunIndex::marks);
    }

    @Override
    public void mark(List<JobMark> marks) {
        locked("mark", index -> {
            journal.append(marks.stream().map(JournalText::mark).collect(Collectors.joining()));
            return null;
        });
    }

    private synchronized <T extends @Nullable Object> T locked(String action, Function<RunIndex, T> work) {
        if (closed) {
            throw new IllegalStateException("run ledger " + directory + ": closed");
        }
        boolean interrupted = Thread.interrupted(); // an interrupt would close the journal under the work
        try {
            return journal.locked(work);
        } catch (Journal.Failure e) {
            throw new RunLedgerUnavailableException(directory.toString(), action, e.reason());
        } catch (IOException e) {
            throw new RunLedgerUnavailableException(directory.toString(), action, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (opened) {
            journal.close();
            Files.deleteIfExists(
                    ProcessFiles.of(directory, ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new RunLedgerUnavailableException(directory.toString(), "close", e);
        }
    }

    @Override
    public String toString() {
        return "run ledger " + directory;
    }
}
