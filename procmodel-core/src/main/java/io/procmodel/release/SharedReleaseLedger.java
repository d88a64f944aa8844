package io.procmodel.release;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.release.GroupCommit.WriteFailure;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A ledger whose records are in a {@link RecordStore} that several hosts share: every append is decided on the newest record
 * of all of them, under the store's lock, so that versions stay gapless and ordered. Appends of several threads of one host
 * share one transaction.
 */
public final class SharedReleaseLedger implements ReleaseLedger {
    private static final int CHUNK = 500;

    private final RecordStore store;
    private final LedgerOptions options;
    private final RecordWriter writer;
    private final SharedReleases releases;
    private final GroupCommit<Request> commits = new GroupCommit<>(new Transactions());
    private volatile boolean closed;

    private SharedReleaseLedger(RecordStore store, LedgerOptions options, ConfigVault vault) {
        this.store = store;
        this.options = options;
        this.writer = new RecordWriter(vault);
        this.releases = new SharedReleases(store, new RecordReader(vault));
    }

    /**
     * Opens the ledger in a store; what is not there yet is empty. Reads all records, and checks them as {@link #verify}
     * does.
     *
     * @throws DamagedLedgerException if a record is not as it was written
     * @throws HostKeyException if its config vars are encrypted and no key given opens them
     */
    public static SharedReleaseLedger over(RecordStore store, LedgerOptions options) {
        try {
            KeyFile keys = new KeyFile(new StoredKeys(store), new SecureRandom());
            SharedReleaseLedger ledger = new SharedReleaseLedger(store, options, keys.open(options.hostKeys()));
            ledger.requireIntact();
            return ledger;
        } catch (IOException e) {
            throw new StorageException("open", store.place(), e);
        }
    }

    @Override
    public Release append(ReleaseDraft draft) {
        requireNonNull(draft, "draft");
        return commit(tip -> tip.append(draft, options.clock().instant()))
                .release()
                .orElseThrow();
    }

    @Override
    public Release changeStatus(int version, ReleaseStatus status) {
        commit(tip -> tip.changeStatus(version, status, options.clock().instant()));
        return get(version).orElseThrow().withStatus(status);
    }

    private Append commit(Function<LedgerTip, Append> decision) {
        try {
            Request request = commits.submit(() -> {
                requireOpen();
                return new Request(decision);
            });
            return request.result();
        } catch (WriteFailure e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new StorageException("append to", store.place(), e.asIOException());
        }
    }

    @Override
    public Optional<Release> get(int version) {
        requireOpen();
        return version < 1 ? Optional.empty() : releases.get(version);
    }

    @Override
    public Optional<Release> current() {
        requireOpen();
        return releases.get(reading -> reading.head().current());
    }

    @Override
    public List<Release> newest(int count) {
        requireOpen();
        List<Release> found = new ArrayList<>();
        int last = store.read(RecordStore.Reading::head).newest();
        int first = last - Math.min(last, Math.max(0, count)) + 1;
        for (int to = last; to >= first; to -= CHUNK) {
            found.addAll(releases.descending(Math.max(first, to - CHUNK + 1), to));
        }
        return List.copyOf(found);
    }

    @Override
    public Verification verify() {
        requireOpen();
        return new SharedLedgerCheck(store, releases).run();
    }

    private void requireIntact() {
        SharedLedgerCheck check = new SharedLedgerCheck(store, releases);
        check.run().damage().ifPresent(damage -> {
            throw new DamagedLedgerException(damage, check.lastReadable());
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new LedgerClosedException(store.place(), "closed", null);
        }
    }

    @Override
    public void close() {
        closed = true;
        commits.drain();
    }

    /** What one caller wants to append, and what became of it. */
    private static final class Request {
        private final Function<LedgerTip, Append> decision;
        private @Nullable Append append;
        private @Nullable RuntimeException refusal;

        private Request(Function<LedgerTip, Append> decision) {
            this.decision = decision;
        }

        Optional<Append> decide(LedgerTip tip) {
            append = null;
            refusal = null;
            try {
                append = decision.apply(tip);
            } catch (ProcModelException e) {
                refusal = e; // what the store throws goes through, and ends the transaction
            }
            return Optional.ofNullable(append);
        }

        Append result() {
            if (append == null) {
                throw refusal == null ? new IllegalStateException("not decided") : refusal;
            }
            return append;
        }
    }

    /** One transaction for all that was asked for meanwhile. */
    private final class Transactions implements GroupCommit.Store<Request> {
        @Override
        public Runnable write(List<Request> batch) {
            HeldConfig after = store.write(writing -> append(writing, batch));
            return () -> releases.remember(after);
        }

        private HeldConfig append(RecordStore.Writing writing, List<Request> batch) {
            LedgerHead before = writing.head();
            LedgerHead head = before;
            HeldConfig config = releases.held(writing, head.configOf());
            LedgerTip tip = new LedgerTip(writer, history(writing, before), config);
            for (Request request : batch) {
                Optional<Append> decided = request.decide(tip);
                if (decided.isPresent()) {
                    LedgerRecord record = LedgerRecord.of(
                            head, decided.get().head(), decided.get().payload());
                    writing.append(record);
                    config = decided.get().config();
                    head = head.after(record, config.version(), writing::newestSucceeded);
                }
            }
            if (!head.equals(before)) {
                writing.advance(head);
            }
            return config;
        }

        @Override
        public void forget() {
            // nothing is decided before it is in the store
        }
    }

    private History history(RecordStore.Reading reading, LedgerHead head) {
        return new History() {
            @Override
            public int newest() {
                return head.newest();
            }

            @Override
            public ReleaseStatus status(int version) {
                List<LedgerRecord> records = reading.about(version, version);
                return records.get(records.size() - 1).status();
            }
        };
    }
}
