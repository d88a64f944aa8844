package io.procmodel.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that appends until it is killed, and prints each release once its append has returned. */
final class LedgerAppender {
    private LedgerAppender() {}

    /** Arguments: the directory of the ledger, the number of writers, a name for this run. */
    public static void main(String[] arguments) throws IOException {
        AppendingProcess.awaitGo();
        FileReleaseLedger ledger = FileReleaseLedger.open(Path.of(arguments[0]));
        AtomicInteger counter = new AtomicInteger();
        for (int writer = 0; writer < Integer.parseInt(arguments[1]); writer++) {
            new Thread(() -> append(ledger, arguments[2], counter)).start();
        }
    }

    private static void append(FileReleaseLedger ledger, String run, AtomicInteger counter) {
        while (true) {
            String description = run + "-" + counter.incrementAndGet();
            Release release = ledger.append(
                    ReleaseDraft.of("ada", description).slug(Releases.slug('d')).pending());
            AppendingProcess.acknowledge(release);
            ledger.changeStatus(release.version(), ReleaseStatus.SUCCEEDED);
        }
    }
}
