package io.procmodel.release;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Options of a {@link FileReleaseLedger}. Not thread-safe. */
public final class FileReleaseLedgerBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(FileReleaseLedger.class);

    private final Path directory;
    private InstantSource clock = Clock.systemUTC();
    private Consumer<TornTail> onTornTail = tail -> LOG.warn("release ledger: {}", tail);
    private List<HostKey> hostKeys = List.of();
    private SecureRandom random = new SecureRandom();
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

    /**
     * Encrypts config vars with AES-256-GCM from the next release on. The data keys lie beside the log, sealed under
     * {@code current}. If they were sealed under one of the {@code earlier} keys, they are sealed anew when the ledger
     * opens, with a new data key for what comes; the earlier key is not needed any more then. Once encrypted, a ledger opens
     * only with a host key.
     */
    public FileReleaseLedgerBuilder hostKey(HostKey current, HostKey... earlier) {
        hostKeys = ImmutableList.<HostKey>builder().add(current).add(earlier).build();
        return this;
    }

    /** Where data keys and nonces come from; the platform's own source if not set. */
    public FileReleaseLedgerBuilder random(SecureRandom newRandom) {
        random = requireNonNull(newRandom, "random");
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
     * @throws HostKeyException if its config vars are encrypted and no key given opens them
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
        ConfigVault vault = new KeyFile(new FileKeys(directory.resolve(LedgerOpening.KEYS)), random).open(hostKeys);
        LedgerOpening.Opened opened = new LedgerOpening(directory, disk, onTornTail).open();
        try {
            return new FileReleaseLedger(directory, clock, lock, vault, opened);
        } catch (RuntimeException e) {
            opened.log().close();
            throw e;
        }
    }
}
