package io.procmodel;

import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import io.procmodel.name.AppName;
import io.procmodel.release.FileReleaseLedger;
import io.procmodel.release.FileReleaseLedgerBuilder;
import io.procmodel.release.HostKey;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseLedgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ledgers in the directories of a home's apps. */
final class HomeLedgers implements ReleaseLedgers {
    private static final Logger LOG = LoggerFactory.getLogger(HomeLedgers.class);

    private final Home home;

    HomeLedgers(Home home) {
        this.home = home;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public List<AppName> apps() {
        return home.appNames();
    }

    /** The app appears by renaming its finished directory. */
    @Override
    public boolean create(AppName app, ReleaseDraft first, LedgerOptions options) {
        if (Files.exists(home.app(app))) {
            return false;
        }
        Path unfinished = home.unfinishedApp(app);
        try {
            FileTree.delete(unfinished);
            DurableFiles.createPrivateDirectory(unfinished);
        } catch (IOException e) {
            throw new StorageException("create", unfinished, e);
        }
        try (ReleaseLedger ledger = open(unfinished, options)) {
            ledger.append(first);
        }
        home.publish(app);
        return true;
    }

    @Override
    public ReleaseLedger open(AppName app, LedgerOptions options) {
        return open(home.app(app), options);
    }

    private static ReleaseLedger open(Path appDirectory, LedgerOptions options) {
        FileReleaseLedgerBuilder builder = FileReleaseLedger.builder(appDirectory.resolve("ledger"))
                .clock(options.clock())
                .onTornTail(tail -> {
                    LOG.warn("release ledger: {}", tail);
                    options.onTornTail().accept(tail);
                });
        List<HostKey> keys = options.hostKeys();
        return keys.isEmpty()
                ? builder.open()
                : builder.hostKey(keys.get(0), keys.subList(1, keys.size()).toArray(HostKey[]::new))
                        .open();
    }
}
