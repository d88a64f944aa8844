package io.procmodel.release;

import io.procmodel.config.ConfigVars;
import io.procmodel.release.ReleaseLedger.Damage;
import io.procmodel.release.ReleaseLedger.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/** Reads a whole log again, every field of every record, and finds the first that is not as it was written. */
final class LedgerCheck {
    private final RecordReader reader;
    private final ReleaseIndex index = new ReleaseIndex();
    private final BitSet holdersOfConfig = new BitSet();

    LedgerCheck(RecordReader reader) {
        this.reader = reader;
    }

    Verification run(Path path, LedgerLog log, long upTo) throws IOException {
        LogScan.End end = log.scan(upTo, this::visit);
        Optional<Damage> damage =
                end.flaw().map(flaw -> LedgerOpening.damage(path, end.sequence() + 1, end.offset(), flaw.problem()));
        return new Verification(end.sequence(), damage);
    }

    /** The newest version before the damage. */
    int lastReadable() {
        return index.newest();
    }

    private Optional<String> visit(StoredFrame stored) {
        try {
            byte[] payload = stored.frame().payload();
            RecordHead head = RecordReader.head(payload);
            if (head.kind() == RecordHead.Kind.RELEASE) {
                holdersOfConfig.set(head.version());
                reader.release(payload, holder -> configOf(head.version(), holder));
            }
            return index.add(head, stored.offset());
        } catch (IOException e) {
            return Optional.of("it is no release record: " + e.getMessage());
        }
    }

    private ConfigVars configOf(int version, int holder) throws IOException {
        holdersOfConfig.clear(version);
        if (!holdersOfConfig.get(holder)) {
            throw new IOException("its config vars stand nowhere");
        }
        return ConfigVars.empty();
    }
}
