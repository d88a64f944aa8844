package io.procmodel.release;

import io.procmodel.config.ConfigVars;
import io.procmodel.error.StorageException;
import io.procmodel.release.ReleaseLedger.Damage;
import io.procmodel.release.ReleaseLedger.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads single releases back from a log. Thread-safe. */
final class ReleaseReader {
    private final Path path;
    private final LedgerLog log;
    private final IntFunction<Place> places;
    private final RecordReader records;

    /** Where a release stands and its present status. */
    record Place(long offset, ReleaseStatus status) {}

    /** Remembers the config vars read last, which a run of releases often shares. */
    static final class Memo {
        private int version;
        private @Nullable ConfigVars config;
    }

    ReleaseReader(Path path, LedgerLog log, RecordReader records, IntFunction<Place> places) {
        this.path = path;
        this.log = log;
        this.records = records;
        this.places = places;
    }

    Release read(int version, Memo memo) {
        try {
            Place place = places.apply(version);
            return records.release(payload(place.offset()), holder -> config(holder, memo))
                    .withStatus(place.status());
        } catch (IOException e) {
            throw new StorageException("read v" + version + " from", path, e);
        }
    }

    /** The config vars of a release and where they stand. */
    HeldConfig heldConfig(int version) {
        Memo memo = new Memo();
        ConfigVars config = read(version, memo).config();
        return new HeldConfig(memo.config == null ? version : memo.version, config);
    }

    Verification verify() {
        return verify(new LedgerCheck(records));
    }

    private Verification verify(LedgerCheck check) {
        try {
            return check.run(path, log, log.end());
        } catch (IOException e) {
            throw new StorageException("verify", path, e);
        }
    }

    private ConfigVars config(int holder, Memo memo) throws IOException {
        ConfigVars config = memo.config;
        if (config == null || memo.version != holder) {
            config = records.release(payload(places.apply(holder).offset()), other -> {
                        throw new IOException("the config vars of v" + holder + " stand nowhere");
                    })
                    .config();
            memo.version = holder;
            memo.config = config;
        }
        return config;
    }

    private byte[] payload(long offset) throws IOException {
        return log.read(offset).orElseThrow(() -> damaged(offset));
    }

    private DamagedLedgerException damaged(long offset) {
        LedgerCheck check = new LedgerCheck(records);
        Damage damage = verify(check)
                .damage()
                .orElseGet(() -> LedgerOpening.damage(path, 0, offset, "it could not be read, and can be read again"));
        return new DamagedLedgerException(damage, check.lastReadable());
    }
}
