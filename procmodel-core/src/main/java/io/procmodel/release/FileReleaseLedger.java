package io.procmodel.release;

import io.procmodel.error.StorageException;
import io.procmodel.release.GroupCommit.WriteFailure;
import io.procmodel.release.LedgerOpening.Opened;
import io.procmodel.release.ReleaseReader.Memo;
import io.procmodel.release.ReleaseReader.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A ledger in a directory of its own: one append-only log of framed, checksummed and hash-chained records. Appends of
 * several threads share one sync. Its files are private to their owner, and one process at a time has them open.
 *
 * <p>After a crash the log may end in a torn record that nobody was promised; opening cuts it off and says so. Any other
 * damage is left as it is and refused. When a write fails, the release is not in the ledger and the next append may
 * succeed; when a sync fails, the ledger takes no more appends until it is opened again.
 */
public final class FileReleaseLedger implements ReleaseLedger {
    private final Path path;
    private final InstantSource clock;
    private final LedgerLock lock;
    private final LedgerLog log;
    private final ReleaseReader releases;
    private final RecordWriter writer;
    private final GroupCommit<Append> commits = new GroupCommit<>(new Store());

    // all below: under the lock of commits
    private final ReleaseIndex index;
    private HeldConfig durableConfig;
    private LedgerTip tip;
    private Optional<Damage> lost;
    private boolean closed;

    FileReleaseLedger(Path directory, InstantSource clock, LedgerLock lock, ConfigVault vault, Opened opened) {
        this.path = directory.resolve(LedgerOpening.RELEASES);
        this.clock = clock;
        this.lock = lock;
        this.log = opened.log();
        this.index = opened.index();
        this.lost = opened.lost();
        this.releases =
                new ReleaseReader(path, log, new RecordReader(vault), version -> commits.locked(() -> place(version)));
        this.durableConfig = index.newest() == 0 ? HeldConfig.NONE : releases.heldConfig(index.newest());
        this.writer = new RecordWriter(vault);
        this.tip = new LedgerTip(writer, index, durableConfig);
    }

    /**
     * Opens the ledger in a directory with the system's clock, creating it if it is missing.
     *
     * @throws LedgerInUseException if it is open already
     * @throws DamagedLedgerException if a record is not as it was written
     * @throws HostKeyException if its config vars are encrypted
     * @throws StorageException if the disk refuses
     */
    public static FileReleaseLedger open(Path directory) {
        return builder(directory).open();
    }

    /** Begins to set options for the ledger in a directory. */
    public static FileReleaseLedgerBuilder builder(Path directory) {
        return new FileReleaseLedgerBuilder(directory);
    }

    @Override
    public Release append(ReleaseDraft draft) {
        return commit(() -> tip.append(draft, clock.instant())).release().orElseThrow();
    }

    @Override
    public Release changeStatus(int version, ReleaseStatus status) {
        commit(() -> tip.changeStatus(version, status, clock.instant()));
        return read(version, new Memo()).withStatus(status);
    }

    private Append commit(Supplier<Append> decision) {
        try {
            return commits.submit(() -> {
                requireWritable();
                return decision.get();
            });
        } catch (WriteFailure e) {
            throw new StorageException("append to", path, e.asIOException());
        }
    }

    @Override
    public Optional<Release> get(int version) {
        boolean there = whileOpen(() -> index.has(version));
        return there ? Optional.of(read(version, new Memo())) : Optional.empty();
    }

    @Override
    public Optional<Release> current() {
        int version = whileOpen(index::current);
        return version == 0 ? Optional.empty() : Optional.of(read(version, new Memo()));
    }

    @Override
    public List<Release> newest(int count) {
        int newest = whileOpen(index::newest);
        Memo memo = new Memo();
        return IntStream.iterate(newest, version -> version - 1)
                .limit(Math.min(newest, Math.max(0, count)))
                .mapToObj(version -> read(version, memo))
                .toList();
    }

    @Override
    public Verification verify() {
        Optional<Damage> missing = whileOpen(() -> lost);
        Verification check = releases.verify();
        return check.isIntact() ? new Verification(check.records(), missing) : check;
    }

    private Release read(int version, Memo memo) {
        return releases.read(version, memo);
    }

    private Place place(int version) {
        return new Place(index.offset(version), index.status(version));
    }

    private <T> T whileOpen(Supplier<T> look) {
        return commits.locked(() -> {
            requireOpen();
            return look.get();
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new LedgerClosedException(path.toString(), "closed", null);
        }
    }

    private void requireWritable() {
        requireOpen();
        log.failure().ifPresent(cause -> {
            throw new LedgerClosedException(path.toString(), "closed for writing after a failed write", cause);
        });
    }

    @Override
    public void close() {
        boolean first = commits.locked(() -> {
            boolean wasOpen = !closed;
            closed = true;
            return wasOpen;
        });
        commits.drain();
        if (first) {
            try (lock) {
                log.close();
            } catch (IOException e) {
                throw new StorageException("close", path, e);
            }
        }
    }

    /** Joins the lock, the log and the index: a batch is in the log before the index knows it. */
    private final class Store implements GroupCommit.Store<Append> {
        @Override
        public Runnable write(List<Append> batch) throws IOException {
            long[] offsets = log.append(batch.stream().map(Append::payload).toList());
            return () -> publish(batch, offsets);
        }

        private void publish(List<Append> batch, long[] offsets) {
            for (int i = 0; i < offsets.length; i++) {
                Append append = batch.get(i);
                index.add(append.head(), offsets[i]);
                tip.settled(append.head());
                durableConfig = append.config();
            }
            lost = Optional.empty();
        }

        @Override
        public void forget() {
            tip = new LedgerTip(writer, index, durableConfig);
        }
    }
}
