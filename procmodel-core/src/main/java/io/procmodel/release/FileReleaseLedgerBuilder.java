package io.procmodel.release;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Options of a {@link FileReleaseLedger}. Not thread-safe. */
public final class FileReleaseLedgerBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(FileReleaseLedger.class);

    private final Path directory;
    private InstantSource clock = Clock.systemUTC();
    private Consumer<TornTail> onTornTail = tail -> LOG.warn("release ledger: {}", tail);
    private LedgerOpening.Disk disk = DiskFile::open;

    FileReleaseLedgerBuilder(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /** The clock that dates releases; the system's if not set. */
    public FileReleaseLedgerBuilder clock(InstantSource newClock) {
        clock = requireNonNull(newClock, "clock");
        return this;
    }

    /**
     * Who is told, once and while the ledger opens, that the end of its log was cut off; by default the log is, as a
     * warning.
     */
    public FileReleaseLedgerBuilder onTornTail(Consumer<TornTail> listener) {
        onTornTail = requireNonNull(listener, "listener");
        return this;
    }

    FileReleaseLedgerBuilder disk(LedgerOpening.Disk newDisk) {
        disk = newDisk;
        return this;
    }

    /**
     * Opens the ledger, creating its directory if it is missing. Blocks while the whole log is read and checked.
     *
     * @throws LedgerInUseException if it is open already
     * @throws DamagedLedgerException if a record is not as it was written
     * @throws StorageException if the disk refuses
     */
    public FileReleaseLedger open() {
        try {
            DurableFiles.createPrivateDirectory(directory);
            LedgerLock lock = LedgerLock.acquire(directory, LedgerOpening.LOCK);
            try {
                return open(lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageException("open release ledger", directory, e);
        }
    }

    private FileReleaseLedger open(LedgerLock lock) throws IOException {
        LedgerOpening.Opened opened = new LedgerOpening(directory, disk, onTornTail).open();
        try {
            return new FileReleaseLedger(directory, clock, lock, opened);
        } catch (RuntimeException e) {
            opened.log().close();
            throw e;
        }
    }
}
