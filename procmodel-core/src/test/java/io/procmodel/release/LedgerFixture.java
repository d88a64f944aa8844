package io.procmodel.release;

import io.procmodel.config.ConfigVars;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A file ledger on a simulated disk, with all that it says when it opens. */
public final class LedgerFixture {
    static final String LOG = LedgerOpening.RELEASES;
    static final String MARKS = LedgerOpening.MARKS;

    private final Path directory;
    final List<TornTail> tornTails = new ArrayList<>();

    LedgerFixture(Path directory) {
        this.directory = directory;
    }

    FileReleaseLedger open(SimulatedDisk disk) {
        tornTails.clear();
        return FileReleaseLedger.builder(directory)
                .clock(Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC))
                .onTornTail(tornTails::add)
                .disk(disk)
                .open();
    }

    /** Appends releases of several kinds: with and without slug, with new and with kept config, and changes of status. */
    public static void fill(ReleaseLedger ledger, int releases) {
        ConfigVars config = ConfigVars.empty();
        for (int i = 1; i <= releases; i++) {
            config = i % 3 == 0 ? ConfigVars.empty().with("KEY_" + i, "value " + i) : config;
            ReleaseDraft draft = ReleaseDraft.of("ada", "number " + i).config(config);
            ledger.append(i % 4 == 0 ? draft.slug(Releases.slug('a')).pending() : draft);
            if (i % 4 == 0) {
                ledger.changeStatus(i, i % 8 == 0 ? ReleaseStatus.FAILED : ReleaseStatus.SUCCEEDED);
            }
        }
    }
}
