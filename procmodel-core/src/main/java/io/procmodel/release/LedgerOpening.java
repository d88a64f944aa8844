package io.procmodel.release;

import io.procmodel.file.DurableFiles;
import io.procmodel.release.LogRecovery.Verdict;
import io.procmodel.release.ReleaseLedger.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps from a directory to an open, checked log. */
final class LedgerOpening {
    static final String RELEASES = "releases.log";
    static final String MARKS = "releases.marks";
    static final String KEYS = "releases.keys";
    static final String LOCK = "lock";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);

    private final Path directory;
    private final Path path;
    private final Disk disk;
    private final Consumer<TornTail> onTornTail;

    LedgerOpening(Path directory, Disk disk, Consumer<TornTail> onTornTail) {
        this.directory = directory;
        this.path = directory.resolve(RELEASES);
        this.disk = disk;
        this.onTornTail = onTornTail;
    }

    /** Opens one file, creating it empty and private if it is missing. */
    interface Disk {
        LedgerFile open(Path file) throws IOException;
    }

    /**
     * An open log.
     *
     * @param log ready to append
     * @param index of what it holds
     * @param lost the first acknowledged record that is missing at its end, or empty
     */
    record Opened(LedgerLog log, ReleaseIndex index, Optional<Damage> lost) {}

    Opened open() throws IOException {
        LedgerFile markFile = disk.open(path.resolveSibling(MARKS));
        try {
            MarkFile marks = MarkFile.over(markFile);
            return open(marks, marks.read());
        } catch (IOException | RuntimeException e) {
            markFile.close();
            throw e;
        }
    }

    private Opened open(MarkFile marks, Optional<AcknowledgedMark> mark) throws IOException {
        LedgerFile onDisk = disk.open(path);
        try {
            LedgerFile file = ReservedFile.over(onDisk);
            if (mark.isEmpty()) {
                begin(file);
            }
            ReleaseIndex index = new ReleaseIndex();
            long length = file.length();
            Verdict verdict = new LogRecovery(file, length, mark).judge(frame -> add(frame, index));
            if (verdict.damage().isPresent()) {
                Damage damage = damage(
                        verdict.end().sequence() + 1,
                        verdict.end().offset(),
                        verdict.damage().get());
                throw new DamagedLedgerException(damage, index.newest());
            }
            cut(file, length, verdict);
            return new Opened(new LedgerLog(path, file, marks, verdict.end()), index, lost(verdict));
        } catch (IOException | RuntimeException e) {
            onDisk.close();
            throw e;
        }
    }

    /** Writes the header of a new file, and of one whose creation was interrupted. */
    private void begin(LedgerFile file) throws IOException {
        byte[] written = new byte[Frame.FILE_HEADER.length];
        int length = file.read(0, written, 0, written.length);
        boolean begun = Arrays.equals(written, 0, length, Frame.FILE_HEADER, 0, length);
        if (begun && length < written.length) {
            file.write(0, Frame.FILE_HEADER);
            file.force();
            DurableFiles.syncDirectory(directory);
        }
    }

    private Optional<String> add(StoredFrame stored, ReleaseIndex index) {
        try {
            return index.add(RecordReader.head(stored.frame().payload()), stored.offset());
        } catch (IOException e) {
            return Optional.of("it is no release record: " + e.getMessage());
        }
    }

    private void cut(LedgerFile file, long length, Verdict verdict) throws IOException {
        long end = verdict.end().offset();
        if (end < length) {
            file.truncate(end);
            file.force();
        }
        if (end < length || verdict.lost() > 0) {
            tell(new TornTail(path, end, length - end, verdict.lost()));
        }
    }

    private void tell(TornTail tail) {
        try {
            onTornTail.accept(tail);
        } catch (RuntimeException e) {
            LOG.warn("the listener for {} failed", tail, e);
        }
    }

    private Optional<Damage> lost(Verdict verdict) {
        return verdict.lost() == 0
                ? Optional.empty()
                : Optional.of(damage(
                        verdict.end().sequence() + 1,
                        verdict.end().offset(),
                        "it was acknowledged and is missing, with all after it"));
    }

    private Damage damage(long record, long offset, String problem) {
        return damage(path, record, offset, problem);
    }

    static Damage damage(Path path, long record, long offset, String problem) {
        return new Damage(record, path + ", offset " + offset, problem);
    }
}
